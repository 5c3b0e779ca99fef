import { parseEvidence } from "../../../src/evidence/file.ts";
import { evidenceText } from "../../../test/fixtures/evidence-text.ts";
import { imageFacts, referenceFacts } from "../../../test/fixtures/image-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { Target } from "../target.ts";

const ORIGIN = { by: "own-run", douane: "0.1.0" } as const;

/** A file of evidence that somebody hands in. */
export const evidence: Target = {
  name: "evidence",
  seeds: [
    Buffer.from(
      evidenceText([
        { kind: "image", image: imageFacts(), reference: referenceFacts(), origin: ORIGIN },
        { kind: "workload", workload: workloadFacts(), origin: ORIGIN },
      ]),
    ),
  ],
  run(input) {
    parseEvidence(input.toString("utf8"), "evidence.json");
  },
};
