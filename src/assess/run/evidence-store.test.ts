import { expect, test } from "vitest";
import { digestOf, imageFacts, referenceFacts } from "../../../test/fixtures/image-facts.ts";
import { asMasked } from "../../../test/fixtures/masked.ts";
import { trialFacts } from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
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

test("evidence is of an image by its id, its platform and its manifest, as far as both are known", () => {
  const { digest: _, ...without } = plain;
  const of = (image: ImageFacts, changes: object) =>
    new EvidenceStore([piece(image)]).match({ ...opened, ...changes }) !== undefined;
  expect(of(plain, {})).toBe(true);
  expect(of(plain, { digest: plain.digest })).toBe(true);
  expect(of(plain, { digest: digestOf(0xe) })).toBe(false);
  expect(of(asMasked(without), { digest: digestOf(0xe) })).toBe(true);
  expect(of(plain, { platform: "linux/arm64" })).toBe(false);
  expect(of(plain, { imageId: digestOf(0xe) })).toBe(false);
});

test("evidence that is used in an image's place is not left over, nor is any of the same image", () => {
  const one = piece(plain);
  const evidence = new EvidenceStore([one, piece(other)]);
  expect(evidence.use(one)).toBe(one);
  expect(evidence.ignored.map(({ en }) => en)).toEqual([expect.stringContaining(other.imageId.slice(0, 20))]);
});

test("pieces are sorted by their kind, and workloads are counted where they are not judged", () => {
  const origin = { by: "handed-in", file: "e.json", douane: "0.1.0" } as const;
  const workload = { kind: "workload", origin, workload: workloadFacts() } as const;
  const trial = { kind: "trial", origin, trial: trialFacts() } as const;
  const pieces = [workload, piece(plain), trial, workload];
  const evidence = new EvidenceStore(pieces, ["e.json"]);
  expect([evidence.images, evidence.workloads, evidence.trials]).toEqual([
    [pieces[1]],
    [workload, workload],
    [trial],
  ]);
  expect([evidence.pieces, evidence.sources]).toEqual([pieces, ["e.json"]]);
  evidence.match(opened);
  expect(evidence.ignored.map(({ en }) => en)).toEqual([expect.stringContaining("its 2 workloads")]);
});
