import { ROWS, type Row, type RowId } from "../../src/contract/rows.ts";
import { type Comparison, compare, type Score } from "./compare.ts";
import type { Entry } from "./corpus.ts";
import { type Judged, judgeCase } from "./judge-case.ts";

/** Number of answers of one row, by score. */
export interface RowTally extends Readonly<Record<Score, number>> {
  readonly row: Row;
}

interface JudgedEntry {
  readonly entry: Entry;
  readonly judged: Judged;
  readonly comparison: Comparison;
}

/** The whole corpus, judged. */
export interface Tally {
  readonly entries: readonly JudgedEntry[];
  /** Tallies in the contract's order. */
  readonly rows: readonly RowTally[];
}

export async function tally(entries: readonly Entry[]): Promise<Tally> {
  const judged: JudgedEntry[] = [];
  for (const entry of entries) {
    const one = await judgeCase(entry.given);
    judged.push({ entry, judged: one, comparison: compare(entry, one) });
  }
  return { entries: judged, rows: ROWS.map((row) => ({ row, ...count(judged, row.id) })) };
}

function count(entries: readonly JudgedEntry[], row: RowId): Readonly<Record<Score, number>> {
  const counts = { right: 0, "wrong yes": 0, "wrong no": 0, unsettled: 0, confused: 0 };
  for (const { comparison } of entries) {
    const score = comparison.scores.get(row);
    if (score !== undefined) counts[score] += 1;
  }
  return counts;
}
