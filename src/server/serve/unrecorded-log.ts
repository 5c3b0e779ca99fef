import type { DecisionKind } from "../decision-kinds.ts";
import { errorFields, type Log } from "../log.ts";

/** Milliseconds between two lines: a database that does not keep up loses thousands of records in a second. */
const EVERY_MS = 10_000;

/**
 * Logs decisions that could not be recorded, the first one at once, and further ones by their number.
 *
 * @param now milliseconds, as Date.now()
 * @returns receives each of them, with the error
 */
export function unrecordedLog(log: Log, now: () => number): (kind: DecisionKind, error: unknown) => void {
  let last = Number.NEGATIVE_INFINITY;
  let counts: Partial<Record<DecisionKind, number>> = {};
  return (kind, error) => {
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (Math.abs(now() - last) < EVERY_MS) return;
    log("error", "decisions not recorded", { ...counts, ...errorFields(error) });
    last = now();
    counts = {};
  };
}
