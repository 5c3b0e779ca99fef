import type { RowVerdict } from "../contract/verdict.ts";

/** Rows shown together, in their order. */
export type GroupedRows = readonly [RowVerdict, ...RowVerdict[]];

/** Groups rows that lack the same evidence and have no other details; every other row is a separate group. */
export function groupedRows(rows: readonly RowVerdict[]): readonly GroupedRows[] {
  const groups = new Map<string, [RowVerdict, ...RowVerdict[]]>();
  for (const row of rows) {
    const key = onlyMisses(row) ? JSON.stringify(row.missing) : row.id;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

function onlyMisses({ answer, missing, findings, notes, doubts, because }: RowVerdict): boolean {
  if (answer !== "unproven" || because !== undefined || missing.length === 0) return false;
  return findings.length + notes.length + doubts.length === 0;
}
