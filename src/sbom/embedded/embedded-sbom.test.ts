import { expect, test } from "vitest";
import type { Digest } from "../../contract/image-facts.ts";
import { aboutImage } from "./embedded-sbom.ts";

const d = (digit: string): Digest => `sha256:${digit.repeat(64)}`;
const IMAGE = { digests: [d("a"), d("b")], layers: [d("1"), d("2"), d("3")] };

test.each([
  ["nothing", undefined, "unsaid"],
  ["a name alone", { name: "x", digests: [], layers: [] }, "unsaid"],
  ["its digest", { name: "x", digests: [d("b")], layers: [] }, "this"],
  [
    "the layers before the document was laid in",
    { name: "x", digests: [d("f")], layers: [d("1"), d("2")] },
    "this",
  ],
  ["another's digest", { name: "x", digests: [d("f")], layers: [] }, "foreign"],
  ["a layer that is not the image's", { name: "x", digests: [], layers: [d("1"), d("4")] }, "foreign"],
] as const)("a document that names %s", (_, subject, about) => {
  expect(aboutImage(subject, IMAGE)).toBe(about);
});
