import { noTotals, type Totals } from "./counts.ts";
import type { ReportView } from "./report.ts";

/** What an application is put into order by. */
export interface Ordered {
  readonly admitted: keyof Totals;
  /** Rows that are no. */
  readonly refusals: number;
  readonly name: string;
  readonly environment: string;
  readonly place: string;
  readonly team: string;
}

export interface OrderedGroup<T> {
  /** What they have in common; empty where nothing was asked to be. */
  readonly title: string;
  readonly totals: Totals;
  readonly shown: readonly T[];
  /** Those for which there is no line. */
  readonly left: Totals;
}

/** Lines of a table that nobody gave a limit, and of each of its groups. */
const LIMIT = 24;
const GROUP_LIMIT = 3;

const RANKS: Readonly<Record<keyof Totals, number>> = { no: 0, unproven: 1, yes: 2 };

/** The applications in their order, in groups where that is asked: as many of each as there is room for. */
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

/** Sorting is stable: what is equal keeps the order in which it was read. */
function orderOf({ sort = "verdict" }: ReportView): (a: Ordered, b: Ordered) => number {
  if (sort === "verdict") {
    return (a, b) => RANKS[a.admitted] - RANKS[b.admitted] || b.refusals - a.refusals;
  }
  const key = sort === "file" ? "place" : sort;
  return (a, b) => (a[key] < b[key] ? -1 : Number(a[key] > b[key]));
}
