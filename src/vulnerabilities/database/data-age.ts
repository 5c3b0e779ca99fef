import type { CatalogSource } from "./catalog.ts";

const DAY_MS = 86_400_000;
/** Tolerance for future dates: clocks and time zones differ. */
const AHEAD_MS = DAY_MS;

/** State of a source by age. `future`: dated after this machine's clock, so its age is unknown. */
type AgeState = "fresh" | "old" | "future";

export interface DataAge {
  readonly state: AgeState;
  /** Whole days since the content was current; 0 for a future date. */
  readonly days: number;
}

/** @param maxDays age in days above which data prove nothing */
export function ageOf(
  { date, imported }: Pick<CatalogSource, "date" | "imported">,
  now: Date,
  maxDays: number,
): DataAge {
  const current = Date.parse(date);
  const age = now.getTime() - current;
  const days = Math.max(0, Math.floor(age / DAY_MS));
  const isAhead = age < -AHEAD_MS || Date.parse(imported) - now.getTime() > AHEAD_MS || Number.isNaN(age);
  if (isAhead) return { state: "future", days };
  return { state: age > maxDays * DAY_MS ? "old" : "fresh", days };
}
