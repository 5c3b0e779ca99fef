import type { AdvisoryRow } from "./rows/advisory-row.ts";

/** Row of a table, with the feed of its source. */
export interface FoundRow {
  readonly feed: string;
  readonly row: AdvisoryRow;
}

/**
 * Newest version of each record that several sources contain, such as `osv` and `osv:npm`. A row contains
 * everything that a record states about the requested package, so rows are kept or dropped as a whole. If a
 * date is missing, both rows stay, so that adding a source never removes a finding.
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
