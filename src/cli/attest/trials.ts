import { resolve } from "node:path";
import type { Predicate } from "../../attest/in-toto/write-statement.ts";
import { trialPredicate } from "../../attest/predicates/trial.ts";
import { UsageError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { quoted } from "../../contract/shown.ts";
import { EvidenceText, parseEvidence } from "../../evidence/file.ts";
import type { Context } from "../process/context.ts";
import { readInputFile } from "../process/input-file.ts";
import { VERSION } from "../process/version.ts";

/** Trials that the options name. */
export interface RequestedTrials {
  readonly predicates: readonly Predicate[];
  /** Images that were tried, by the digest of their configuration, with the file that says so. */
  readonly images: readonly { readonly imageId: Digest; readonly file: string }[];
}

/**
 * Trials of evidence files, each file one predicate. Of other evidence in a file nothing is taken.
 *
 * @throws UsageError file-unreadable, trial-missing; InvalidInputError as parseEvidence()
 */
export async function requestedTrials(
  { cwd }: Pick<Context, "cwd">,
  files: readonly string[],
): Promise<RequestedTrials> {
  const predicates: Predicate[] = [];
  const images: RequestedTrials["images"][number][] = [];
  for (const file of files) {
    const pieces = parseEvidence(await readInputFile(resolve(cwd, file), file, "attestationBytes"), file);
    const trials = pieces.filter((piece) => piece.kind === "trial");
    if (trials.length === 0) throw withoutTrial(file);
    const text = new EvidenceText();
    const written = [text.begin(VERSION), ...trials.map((piece) => text.add(piece)), text.end()].join("");
    predicates.push(trialPredicate(JSON.parse(written)));
    images.push(...trials.map(({ trial: { imageId } }) => ({ imageId, file })));
  }
  return { predicates, images };
}

/**
 * Refuses to attest trials of another image.
 *
 * @param attested digests of the configurations of the attested image
 * @throws UsageError trial-other-image
 */
export function verifyTried({ images }: RequestedTrials, attested: readonly Digest[]): void {
  const other = images.find(({ imageId }) => !attested.includes(imageId));
  if (other === undefined) return;
  const { file, imageId } = other;
  throw new UsageError("trial-other-image", {
    fr: `${quoted(file)} : l'essai porte sur l'image ${imageId}, et non sur celle à attester (${attested.join(", ")}). Essayer l'image poussée : douane trial IMAGE --output FICHIER.`,
    en: `${quoted(file)}: the trial is about the image ${imageId}, not about the one to attest (${attested.join(", ")}). Try the image that was pushed: douane trial IMAGE --output FILE.`,
  });
}

function withoutTrial(file: string): UsageError {
  return new UsageError("trial-missing", {
    fr: `${quoted(file)} ne contient pas d'essai. En faire un : douane trial IMAGE --output FICHIER.`,
    en: `${quoted(file)} holds no trial. Make one: douane trial IMAGE --output FILE.`,
  });
}
