import type { Fields } from "../../json/fields.ts";
import { objectAt, textAt } from "../../json/fields.ts";
import { NOTARY_FIELD } from "../notary/notary-record.ts";
import { type Ignored, ignored } from "./ignored.ts";

/**
 * Reason why a statement proves no row although its signature is valid: the notary signed it for a job whose
 * code is not reviewed. In a provenance, the predicate says so itself; in other statements, the notary's
 * record does.
 */
export function notaryProblem(predicate: Fields): Ignored | undefined {
  const record = objectAt(predicate, NOTARY_FIELD);
  for (const fields of [predicate, record]) {
    if (fields["mergeRequest"] === true) return MERGE_REQUEST;
    if (fields["refProtected"] === false) return UNPROTECTED;
  }
  const isRecorded = predicate[NOTARY_FIELD] !== undefined;
  // A record counts as one of a protected reference only if it states so.
  if (isRecorded && (record["mergeRequest"] !== false || record["refProtected"] !== true)) return UNKNOWN;
  return undefined;
}

/** Commit of the job for which the notary signed, if the job's project holds this source. */
export function notaryCommit(predicate: Fields, source: string): string | undefined {
  const record = objectAt(predicate, NOTARY_FIELD);
  return textAt(record, "source") === source ? textAt(record, "commit") : undefined;
}

const MERGE_REQUEST = ignored("merge-request", {
  fr: "signée pour le pipeline d'une merge request, dont personne n'a encore accepté le code",
  en: "signed for the pipeline of a merge request, whose code nobody has accepted yet",
});
const UNPROTECTED = ignored("unprotected-ref", {
  fr: "signée pour une branche ou un tag qui n'est pas protégé",
  en: "signed for a branch or tag that is not protected",
});
const UNKNOWN = ignored("notary-record-invalid", {
  fr: "le notaire ne dit pas si la référence Git du job est protégée",
  en: "the notary does not say whether the job's Git reference is protected",
});
