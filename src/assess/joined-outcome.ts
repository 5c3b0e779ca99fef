import type { Evaluation } from "../contract/evaluate.ts";
import { joinedTexts } from "../contract/joined-texts.ts";
import type { Outcome } from "../contract/rule.ts";

type One = Evaluation["outcome"];

/**
 * Joins outcomes of several rules. One fail refutes; otherwise an unproven outcome or an error leaves the row
 * unproven, with all reasons. It passes only if all pass.
 */
export function joinedOutcome(outcomes: readonly One[]): Outcome {
  const known = outcomes.map(withoutError);
  const notes = known.flatMap((one) => one.notes ?? []);
  const noted = notes.length === 0 ? {} : { notes };
  const [first, ...rest] = known.flatMap((one) => (one.status === "fail" ? one.findings : []));
  if (first !== undefined) return { status: "fail", findings: [first, ...rest], ...noted };
  const unproven = known.filter((one) => one.status === "unproven");
  if (unproven.length > 0) {
    const settles = unproven.flatMap(({ settle }) => settle ?? []);
    return {
      status: "unproven",
      reason: joinedTexts(unproven.map(({ reason }) => reason)),
      ...(settles.length === 0 ? {} : { settle: joinedTexts(settles) }),
      ...(unproven.some(({ doubtful }) => doubtful === true) ? { doubtful: true } : {}),
      ...noted,
    };
  }
  const proofs = known.flatMap((one) => (one.status === "pass" ? one.proof : []));
  return { status: "pass", proof: joinedTexts(proofs), ...noted };
}

function withoutError(one: One): Outcome {
  if (one.status !== "error") return one;
  return { status: "unproven", reason: { fr: one.message, en: one.message } };
}
