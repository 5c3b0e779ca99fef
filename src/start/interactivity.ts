import type { Condition } from "../shell/conditions.ts";

/** A prompt, which only an interactive shell has. */
const PROMPT = /\$\{?PS1\b/;
const EMPTY = /(?:^|\s)-z\s/;
/** Options of the shell, among which `i` means interactive. */
const OPTIONS = /\$-/;
const UNLIKE = /\s!=\s/;

/**
 * Whether a condition of a start-up file holds that asks if the shell is interactive, as those of distributions do
 * before they return: `case $- in *i*)`, `[ -z "$PS1" ]`. Undefined for another condition.
 */
export function interactivity({ words, holds }: Condition, isInteractive: boolean): boolean | undefined {
  const test = words.join(" ");
  const asks = asksForInteractive(test);
  return asks === undefined ? undefined : (asks === isInteractive) === holds;
}

/** Whether the test succeeds in an interactive shell (true) or in another one (false). */
function asksForInteractive(test: string): boolean | undefined {
  if (PROMPT.test(test)) return !EMPTY.test(test);
  if (!OPTIONS.test(test)) return undefined;
  // The other branch of `case $- in *i*)`.
  return !UNLIKE.test(test) && !test.endsWith(" *");
}
