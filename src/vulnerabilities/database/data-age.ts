import type { CatalogSource } from "./catalog.ts";

const DAY_MS = 86_400_000;
/** Clocks differ, and a day begins elsewhere before it begins here. */
const AHEAD_MS = DAY_MS;

/** What a source's age says: `future`: its dates lie ahead of this machine's clock, which nothing can be told by. */
type AgeState = "fresh" | "old" | "future";

export interface DataAge {
  readonly state: AgeState;
  /** Whole days since its content was current; 0 where that lies ahead. */
  readonly days: number;
}

/** @param maxDays older data prove nothing */
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
