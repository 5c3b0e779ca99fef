import { resolve } from "node:path";
import { trialPredicate } from "../../attest/predicates/trial.ts";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { EvidenceText, parseEvidence } from "../../evidence/file.ts";
import type { Context } from "../process/context.ts";
import { readInputFile } from "../process/input-file.ts";
import { VERSION } from "../process/version.ts";
import type { RequestedPredicate } from "./placed-predicates.ts";

/**
 * Trials of evidence files: one predicate for each image of a file, such as the platforms of an index. Other
 * evidence in a file is ignored.
 *
 * @throws UsageError file-unreadable, trial-missing; InvalidInputError as parseEvidence()
 */
export async function requestedTrials(
  { cwd }: Pick<Context, "cwd">,
  files: readonly string[],
): Promise<readonly RequestedPredicate[]> {
  const predicates: RequestedPredicate[] = [];
  for (const file of files) {
    const pieces = parseEvidence(await readInputFile(resolve(cwd, file), file, "attestationBytes"), file);
    const trials = pieces.filter((piece) => piece.kind === "trial");
    if (trials.length === 0) throw withoutTrial(file);
    for (const [imageId, ofImage] of Map.groupBy(trials, ({ trial }) => trial.imageId)) {
      const text = new EvidenceText();
      const written = [text.begin(VERSION), ...ofImage.map((piece) => text.add(piece)), text.end()].join("");
      predicates.push({ predicate: trialPredicate(JSON.parse(written)), tried: { imageId, file } });
    }
  }
  return predicates;
}

function withoutTrial(file: string): UsageError {
  return new UsageError("trial-missing", {
    fr: `${quoted(file)} ne contient pas d'essai. En faire un : douane trial IMAGE --output FICHIER.`,
    en: `${quoted(file)} holds no trial. Make one: douane trial IMAGE --output FILE.`,
  });
}
