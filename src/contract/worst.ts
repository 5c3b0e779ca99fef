import { type Answer, WORST_FIRST } from "./verdict.ts";

/**
 * The worst answer, in the order no, unproven, yes, n/a; unproven if there are none, since nothing was shown.
 */
export function worst(answers: readonly Answer[]): Answer {
  return WORST_FIRST.find((answer) => answers.includes(answer)) ?? "unproven";
}
