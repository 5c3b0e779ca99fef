import type { Row } from "./rows.ts";
import type { Answer, Verdict } from "./verdict.ts";
import { worst } from "./worst.ts";

/** Future rows that decide on admission: all, none, or these. */
export type EnforcedRows = boolean | readonly Row["id"][];

/** Whether a row decides on admission. No setting waives a mandatory row. */
export function binds({ id, category }: Pick<Row, "id" | "category">, enforced: EnforcedRows): boolean {
  if (category !== "future") return category === "mandatory";
  return typeof enforced === "boolean" ? enforced : enforced.includes(id);
}

/**
 * Verdict: admitted if every binding row is `yes` or `n/a`. No setting waives a mandatory row; future rows
 * can be made binding.
 */
export function admission(
  rows: readonly (Pick<Row, "id" | "category"> & { readonly answer: Answer })[],
  enforced: EnforcedRows,
): Verdict["admitted"] {
  const binding = rows.filter((row) => binds(row, enforced));
  const answer = worst(binding.map((row) => row.answer));
  return answer === "n/a" ? "yes" : answer;
}
