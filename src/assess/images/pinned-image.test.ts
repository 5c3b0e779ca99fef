import { expect, test } from "vitest";
import { digestOf, imageFacts, referenceFacts } from "../../../test/fixtures/image-facts.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { notPinned } from "./pinned-image.ts";

const ORIGIN = { by: "own-run", douane: "0.1.0" } as const;

function why(
  pinned: number | undefined,
  facts: { indexDigest?: Digest; otherIndexDigests?: readonly Digest[] } | "none" = {},
) {
  const whole = imageFacts({ facts: { source: "oci:web", ...(facts === "none" ? {} : facts) } });
  const { digest: _, ...bare } = whole;
  const image = facts === "none" ? (bare as typeof whole) : whole;
  const reference = referenceFacts({
    given: "web:1",
    ...(pinned === undefined ? {} : { digest: digestOf(pinned) }),
  });
  return notPinned({ image, reference: referenceFacts(), origin: ORIGIN }, reference)?.en;
}

test.each([
  ["pins none", undefined, {}],
  ["pins none, of an image without a digest", undefined, "none"],
  ["pins the manifest", 0xa, {}],
  ["pins the index", 0xc, { indexDigest: digestOf(0xc) }],
  ["pins an index in it", 0xd, { indexDigest: digestOf(0xc), otherIndexDigests: [digestOf(0xd)] }],
] as const)("a reference that %s may mean the image", (_, pinned, facts) => {
  expect(why(pinned, facts)).toBeUndefined();
});

test("another digest is told with the image's own, and an image without one as such", () => {
  expect(why(0xd)).toContain(`pins another digest than its own. Write @${digestOf(0xa)} there`);
  expect(why(0xd, { indexDigest: digestOf(0xc) })).toContain("pins another digest");
  const index = { indexDigest: digestOf(0xc), otherIndexDigests: [digestOf(0xe)] };
  expect(why(0xd, index)).toContain(`Write @${digestOf(0xa)} there`);
  expect(why(0xd, "none")).toContain("this image has none before it is pushed");
  expect(why(0xd)).toMatch(/^oci:web is not judged in the place of web:1/);
});
