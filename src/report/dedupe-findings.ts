import type { Category, RowId } from "../contract/rows.ts";
import type { JudgedFinding, Note, RowVerdict } from "../contract/verdict.ts";
import { identity } from "./detail.ts";

/** A finding that concerns several rows, listed once. */
export interface DedupedFinding<T> {
  readonly item: T;
  /** Category of the first row, which is the strictest: mandatory rows come first. */
  readonly category: Category;
  readonly rows: readonly [RowId, ...RowId[]];
}

/** Findings, or notes, of all rows in their order, without duplicates. */
export function dedupeFindings<T extends JudgedFinding | Note>(
  rows: readonly RowVerdict[],
  pick: (row: RowVerdict) => readonly T[],
): readonly DedupedFinding<T>[] {
  const told = new Map<string, DedupedFinding<T>>();
  for (const row of rows) {
    for (const item of pick(row)) {
      const key = identity(item);
      const { rows: before = [], ...entry } = told.get(key) ?? { item, category: row.category };
      const [first = row.id, ...others] = [...before, row.id];
      told.set(key, { ...entry, rows: [first, ...others] });
    }
  }
  return [...told.values()];
}
