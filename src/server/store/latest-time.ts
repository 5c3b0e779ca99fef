/** Milliseconds by which the clocks of two processes may differ. */
const SKEW_MS = 5 * 60_000;

/** Latest time that a process with a right clock can have written. */
export function latest(now: Date): Date {
  return new Date(now.getTime() + SKEW_MS);
}
