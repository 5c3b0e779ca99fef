import { type Fields, objectAt } from "../../json/fields.ts";
import type { Predicate } from "../in-toto/write-statement.ts";

export const TRIAL_TYPE = "urn:douane:trial:v1";

/**
 * Predicate of a trial: evidence in the format of evidence files. The signer states that the trial was run.
 *
 * @param evidence content of an evidence file that contains only trials
 */
export function trialPredicate(evidence: Fields): Predicate {
  return { type: TRIAL_TYPE, content: { asserted: true, evidence } };
}

/** Evidence in a predicate; its format is not checked. */
export function statedTrial(predicate: Fields): Fields {
  return objectAt(predicate, "evidence");
}
