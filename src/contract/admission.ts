import type { Category } from "./rows.ts";
import type { Answer, Verdict } from "./verdict.ts";
import { worst } from "./worst.ts";

/** Whether rows of the category decide on admission. */
export function binds(category: Category, enforceFuture: boolean): boolean {
  return category === "mandatory" || (enforceFuture && category === "future");
}

/**
 * Verdict: admitted if every binding row is `yes` or `n/a`. No setting waives a mandatory row; future rows
 * can be made binding.
 */
export function admission(
  rows: readonly { readonly category: Category; readonly answer: Answer }[],
  enforceFuture: boolean,
): Verdict["admitted"] {
  const binding = rows.filter(({ category }) => binds(category, enforceFuture));
  const answer = worst(binding.map((row) => row.answer));
  return answer === "n/a" ? "yes" : answer;
}
