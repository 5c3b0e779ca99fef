import { noTotals, type Totals } from "./counts.ts";
import type { ReportView } from "./report.ts";

/** Sort keys of an application. */
export interface Ordered {
  readonly admitted: keyof Totals;
  /** Number of refuted rows. */
  readonly refusals: number;
  readonly name: string;
  readonly environment: string;
  readonly place: string;
  readonly team: string;
}

export interface OrderedGroup<T> {
  /** Common value of the group; empty without --group-by. */
  readonly title: string;
  readonly totals: Totals;
  readonly shown: readonly T[];
  /** Numbers of applications that are not listed. */
  readonly left: Totals;
}

/**
 * Default number of applications listed in a table: LIMIT in total or, with --group-by, GROUP_LIMIT per
 * group.
 */
const LIMIT = 24;
const GROUP_LIMIT = 3;

const RANKS: Readonly<Record<keyof Totals, number>> = { no: 0, unproven: 1, yes: 2 };

/** Applications sorted, and grouped if requested; each group is cut to its limit. */
export function inOrder<T extends Ordered>(all: readonly T[], view: ReportView): readonly OrderedGroup<T>[] {
  const { groupBy, verbose = false } = view;
  const standard = groupBy === undefined ? LIMIT : GROUP_LIMIT;
  const limit = view.limit ?? (verbose ? 0 : standard);
  const sorted = [...all].sort(orderOf(view));
  const groups = groupBy === undefined ? new Map([["", sorted]]) : Map.groupBy(sorted, (one) => one[groupBy]);
  return [...groups].map(([title, members]) => {
    const shown = limit === 0 ? members : members.slice(0, limit);
    return { title, totals: totalsOf(members), shown, left: totalsOf(members.slice(shown.length)) };
  });
}

function totalsOf(members: readonly Ordered[]): Totals {
  const totals = noTotals();
  for (const { admitted } of members) totals[admitted] += 1;
  return totals;
}

/** Comparison function. Sorting is stable, so equal applications keep the order of reading. */
function orderOf({ sort = "verdict" }: ReportView): (a: Ordered, b: Ordered) => number {
  if (sort === "verdict") {
    return (a, b) => RANKS[a.admitted] - RANKS[b.admitted] || b.refusals - a.refusals;
  }
  const key = sort === "file" ? "place" : sort;
  return (a, b) => (a[key] < b[key] ? -1 : Number(a[key] > b[key]));
}
