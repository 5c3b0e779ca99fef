import { expect, test } from "vitest";
import { digestOf, imageFacts, referenceFacts } from "../../../test/fixtures/image-facts.ts";
import { asMasked } from "../../../test/fixtures/masked.ts";
import type { ImageFacts } from "../../contract/image-facts.ts";
import type { EvidencePiece } from "../../evidence/file.ts";
import type { OpenImage } from "../../image/source/open-image.ts";
import { countedEvidence, EvidenceStore } from "./evidence-store.ts";

const OF = { argv: [], path: "/bin", steps: [], workingDir: "/" };

function piece(image: ImageFacts, given = "app:1", file = "e.json") {
  const origin = { by: "handed-in", file, douane: "0.1.0" } as const;
  return {
    kind: "image",
    origin,
    image,
    reference: referenceFacts({ given }),
  } as const satisfies EvidencePiece;
}

const plain = imageFacts({});
const started = asMasked({ ...plain, overridden: [OF] });
const other = imageFacts({ facts: { imageId: digestOf(0xd) } });
const opened = { imageId: plain.imageId, platform: plain.platform } as OpenImage;

test("of several pieces about one image, that counts which knows the most of its starts; none is left over", () => {
  for (const pieces of [
    [piece(plain), piece(started)],
    [piece(started), piece(plain)],
  ]) {
    const evidence = new EvidenceStore(pieces);
    expect(evidence.match(opened)?.image).toBe(started);
    expect(evidence.ignored).toEqual([]);
  }
});

test("what no image claims is told", () => {
  const evidence = new EvidenceStore([piece(plain), piece(other)]);
  evidence.match(opened);
  expect(evidence.ignored.map(({ en }) => en)).toEqual([expect.stringContaining(other.imageId.slice(0, 20))]);
});

test("a name that may be either of two images names none", () => {
  const { imagesByText } = new EvidenceStore([piece(plain), piece(other), piece(other, "b:1")]);
  expect([...imagesByText.keys()]).toEqual(["b:1"]);
});

test("the policy says which origins count, and what does not is told once for each source", () => {
  const pieces = [piece(plain), piece(other), piece(plain, "app:1", "f.json")];
  expect(countedEvidence(pieces, {})).toEqual({ counted: pieces, left: [] });
  const { counted, left } = countedEvidence(pieces, { evidenceFrom: ["signed"] });
  expect([counted, left.map(({ en }) => en)]).toEqual([
    [],
    [expect.stringContaining('"e.json"'), expect.stringContaining('"f.json"')],
  ]);
});
