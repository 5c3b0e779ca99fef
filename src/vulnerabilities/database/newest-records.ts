import type { AdvisoryRow } from "./rows/advisory-row.ts";

/** A row of a table, and the feed of its source. */
export interface FoundRow {
  readonly feed: string;
  readonly row: AdvisoryRow;
}

/**
 * The newest version of each record that several sources hold: `osv` and `osv:npm` may both have it. A
 * row is all that a record says of the package asked for, so it stays or goes whole. Rows of which one
 * has no date stay both: nobody knows which is newer, and a source more never takes a finding away.
 *
 * @param found rows about one package
 */
export function newestRecords<Row extends FoundRow>(found: readonly Row[]): readonly Row[] {
  if (found.length < 2) return found;
  const newest = new Map<string, string>();
  for (const one of found) {
    const key = keyOf(one);
    const known = newest.get(key);
    if (known === undefined || known < modifiedOf(one)) newest.set(key, modifiedOf(one));
  }
  return found.filter((one) => modifiedOf(one) === "" || modifiedOf(one) === newest.get(keyOf(one)));
}

function keyOf({ feed, row: [id] }: FoundRow): string {
  return `${feed} ${id}`;
}

function modifiedOf({ row: [, , , , , modified] }: FoundRow): string {
  return modified;
}
