import { type Answer, WORST_FIRST } from "./verdict.ts";

/** no > unproven > yes > n/a. Of nothing: unproven, since nothing was shown. */
export function worst(answers: readonly Answer[]): Answer {
  return WORST_FIRST.find((answer) => answers.includes(answer)) ?? "unproven";
}
