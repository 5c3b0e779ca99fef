import type { RowVerdict } from "../contract/verdict.ts";

/** Rows to tell together, in the order of the first of each. */
export type FoldedRows = readonly [RowVerdict, ...RowVerdict[]];

/** Rows of which only the same missing evidence is to be said stand together; each other row by itself. */
export function foldedRows(rows: readonly RowVerdict[]): readonly FoldedRows[] {
  const groups = new Map<string, [RowVerdict, ...RowVerdict[]]>();
  for (const row of rows) {
    const key = onlyMisses(row) ? JSON.stringify(row.missing) : row.id;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

function onlyMisses({ missing, findings, notes, doubts, because }: RowVerdict): boolean {
  return missing.length > 0 && findings.length + notes.length + doubts.length === 0 && because === undefined;
}
