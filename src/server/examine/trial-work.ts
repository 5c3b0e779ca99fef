import { sha256 } from "../../contract/digest.ts";
import { ROWS } from "../../contract/rows.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Subject } from "../admission/subject.ts";
import type { JudgingDigests, StoredVerdict, VerdictKey } from "../ports.ts";

/** Digests under which the queue holds trials. No document has these digests, so no examiner takes a trial. */
const OF_TRIALS = sha256("douane trial");
export const TRIAL_WORK: JudgingDigests = { policy: OF_TRIALS, rules: OF_TRIALS };

/** Key of a subject's trial in the queue: a trial is the same whatever the policy, the rules and the data. */
export function trialKey({ digest }: Pick<Subject, "digest">): VerdictKey {
  return { subject: digest, ...TRIAL_WORK };
}

/** Rows that a trial can prove. */
const TRIED = new Set<string>(ROWS.filter(({ provenBy }) => provenBy.includes("trial")).map(({ id }) => id));

/**
 * Test that a trial could change the verdict: no row that counts is refuted, a row that a trial can prove is unproven,
 * and the policy names a signer of trials.
 */
export function asksForTrial({ verdict }: StoredVerdict, { attestations }: Policy): boolean {
  if ((attestations?.statements.trial?.signers ?? []).length === 0 || verdict.admitted !== "unproven")
    return false;
  return verdict.rows.some(({ id, answer }) => answer === "unproven" && TRIED.has(id));
}
