import type { Fields } from "../../../json/fields.ts";

/** Percentage of 2xx answers below which an application answered next to nothing. */
const LEAST_SUCCESS = 5;
/** Percentage of unanswered requests from which on nothing counts as scanned. */
const MOST_FAILURES = 95;

/** Remark of the Insights add-on about a scan (ZAP 2.17). */
export interface Insights {
  /** Number of visited endpoints; undefined if the report has no insights. */
  readonly endpoints: number | undefined;
  readonly hasNoSuccess: boolean;
  /** Number of insights of level High: database, disk or memory were exhausted. */
  readonly exhausted: number;
}

export function insightsOf(all: readonly Fields[]): Insights {
  const totals = all.filter(({ key }) => key === "insight.endpoint.total");
  // The application is the site with the largest number of endpoints; other sites are only linked.
  const main = totals.toSorted((one, other) => numberOf(other) - numberOf(one))[0]?.["site"];
  const codes = all.filter(
    ({ key, site }) => /^insight\.code\.[1-5]xx$/.test(String(key)) && (main === undefined || site === main),
  );
  const hasSuccess = codes.some((one) => one["key"] === "insight.code.2xx" && numberOf(one) >= LEAST_SUCCESS);
  const failures = all.filter(({ key }) => key === "insight.network.failure").map(numberOf);
  return {
    endpoints: totals.length === 0 ? undefined : totals.reduce((sum, one) => sum + numberOf(one), 0),
    hasNoSuccess: (codes.length > 0 && !hasSuccess) || failures.some((share) => share >= MOST_FAILURES),
    exhausted: all.filter(({ level }) => level === "High").length,
  };
}

/** The statistic, a whole number as text; 0 for anything else. */
function numberOf({ statistic }: Fields): number {
  return /^\d{1,9}$/.test(String(statistic)) ? Number(statistic) : 0;
}
