import type { Finding } from "../contract/finding.ts";
import type { RowVerdict, Verdict } from "../contract/verdict.ts";
import type { Locate } from "./run/found-workload.ts";

/**
 * The verdict with line and column at all places in this file that name a field.
 *
 * @param isTold whether any report shows the places of a row: finding them requires parsing the document
 * again
 */
export function withPositions(
  verdict: Verdict,
  file: string,
  locate: Locate,
  isTold: (row: RowVerdict) => boolean = () => true,
): Verdict {
  const points = (row: RowVerdict) => isTold(row) && pointsInto(row, file);
  if (!verdict.rows.some(points)) return verdict;
  const placed = <F extends Finding>(finding: F): F => {
    const { at } = finding;
    if (at?.file !== file || at.path === undefined) return finding;
    return { ...finding, at: { ...at, ...locate(at.path) } };
  };
  const rows = verdict.rows.map((row) =>
    points(row) ? { ...row, findings: row.findings.map(placed), notes: row.notes.map(placed) } : row,
  );
  return { ...verdict, rows };
}

function pointsInto({ findings, notes }: RowVerdict, file: string): boolean {
  return [...findings, ...notes].some(({ at }) => at?.file === file && at.path !== undefined);
}
