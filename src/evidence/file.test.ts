import { describe, expect, test } from "vitest";
import { evidenceText } from "../../test/fixtures/evidence-text.ts";
import { fileFacts, imageFacts, referenceFacts } from "../../test/fixtures/image-facts.ts";
import { trialFacts } from "../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../test/fixtures/workload-facts.ts";
import { type EvidencePiece, parseEvidence } from "./file.ts";

const EVIDENCE = {
  image: imageFacts({
    history: [{ createdBy: "COPY . /app", layer: 0 }, { createdBy: "CMD" }],
    files: [fileFacts({ path: "/app/.env", content: "A=1", hidden: true })],
    facts: {
      secrets: [
        {
          kind: "private-key",
          at: { in: "file", path: "/k", layer: 0, line: 1 },
          masked: "-----…",
          id: "00",
          confidence: "confirmed",
        },
        {
          kind: "password",
          at: { in: "env", name: "DB_PASSWORD" },
          masked: "…",
          id: "01",
          confidence: "likely",
        },
      ],
    },
  }),
  reference: referenceFacts(),
};
const OWN = { by: "own-run", douane: "0.1.0" } as const;
const IMAGE: EvidencePiece = { kind: "image", origin: OWN, alone: true, ...EVIDENCE };
const PIECES: readonly EvidencePiece[] = [
  { kind: "workload", origin: OWN, workload: workloadFacts() },
  { kind: "image", origin: OWN, ...EVIDENCE },
  { kind: "trial", origin: OWN, ranAs: { file: "web.yaml", document: 0, path: "spec" }, trial: trialFacts() },
  { kind: "trial", origin: OWN, trial: trialFacts() },
  IMAGE,
];

test("evidence is read as it was written, but for its origin: whoever wrote it, it was handed in", () => {
  const origin = { by: "handed-in", file: "e.json", douane: "0.1.0" };
  expect(parseEvidence(evidenceText(PIECES), "e.json")).toEqual(
    PIECES.map((piece) => ({ ...piece, origin })),
  );
  expect(parseEvidence(evidenceText([]), "e.json")).toEqual([]);
});

test("a file cannot say of itself that its evidence is signed", () => {
  const signed = { ...IMAGE, origin: { by: "signed", signer: "platform", douane: "0.1.0" } } as const;
  expect(parseEvidence(evidenceText([signed]), "e.json")[0]?.origin.by).toBe("handed-in");
});

test("the same evidence gives the same bytes, whatever the order of its keys", () => {
  const { image, reference } = EVIDENCE;
  const turned: EvidencePiece = { reference, image, alone: true, origin: OWN, kind: "image" };
  expect(evidenceText([turned])).toBe(evidenceText([IMAGE]));
});

test("each piece has a line of its own", () => {
  expect(evidenceText(PIECES).split("\n")).toHaveLength(PIECES.length + 3);
});

describe("a file that is no evidence is refused with its name and what is wrong", () => {
  const file = (piece: object): string =>
    JSON.stringify({ schema: "douane/evidence/v3", douane: "0.1.0", evidence: [piece] });
  const workload = { kind: "workload", origin: OWN, workload: {} };
  const trial = (changes: object) => ({ kind: "trial", origin: OWN, trial: { ...trialFacts(), ...changes } });
  test.each([
    ["", "Unexpected end of JSON input"],
    ["[]", ".:"],
    [JSON.stringify({ schema: "douane/evidence/v1", douane: "0.1.0", collected: [] }), "schema:"],
    [file({ ...IMAGE, image: undefined }), "evidence.0.image:"],
    [file({ ...IMAGE, image: { ...EVIDENCE.image, imageId: "sha256:12" } }), "evidence.0.image.imageId:"],
    [file({ ...IMAGE, image: { ...EVIDENCE.image, extra: 1 } }), "extra"],
    [file({ ...IMAGE, kind: "rumour" }), "evidence.0.kind:"],
    [file({ ...IMAGE, origin: { by: "hearsay" } }), "evidence.0.origin.by:"],
    [file(workload), "evidence.0.workload.file:"],
    [file(trial({ cwd: undefined })), "evidence.0.trial.cwd:"],
    [file(trial({ durationMs: -1 })), "evidence.0.trial.durationMs:"],
    [file(workload).replace('"evidence":', '"evidence":[],"evidence":'), '"evidence" ×2'],
    [file(trial({})).replace('"durationMs":', '"duration\\u004ds":1,"durationMs":'), '"durationMs" ×2'],
    [file(trial({ observations: [{}] })), "evidence.0.trial.observations.0"],
  ])("%#", (text, says) => {
    expect(() => parseEvidence(text, "e.json")).toThrow(
      expect.objectContaining({ code: "evidence-invalid", exit: 65, message: expect.stringContaining(says) }),
    );
  });
});
