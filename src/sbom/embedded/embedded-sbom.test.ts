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
  [
    "its digest, and the config of another image",
    { name: "x", digests: [d("b"), d("f")], config: d("f"), layers: [] },
    "foreign",
  ],
  ["its digest and its config", { name: "x", digests: [d("b"), d("a")], config: d("a"), layers: [] }, "this"],
  ["its digest, and a digest of an index", { name: "x", digests: [d("b"), d("f")], layers: [] }, "this"],
  [
    "its digest, and a layer that is not its own",
    { name: "x", digests: [d("b")], layers: [d("4")] },
    "foreign",
  ],
  [
    "its digest, and its layers with another",
    { name: "x", digests: [d("b")], layers: [d("1"), d("4")] },
    "foreign",
  ],
  [
    "the layers and config before the document was laid in",
    { name: "x", digests: [d("f")], config: d("f"), layers: [d("1"), d("2")] },
    "this",
  ],
  ["another's digest", { name: "x", digests: [d("f")], layers: [] }, "foreign"],
  ["a layer that is not the image's", { name: "x", digests: [], layers: [d("1"), d("4")] }, "foreign"],
] as const)("a document that names %s", (_, subject, about) => {
  expect(aboutImage(subject, IMAGE)).toBe(about);
});
