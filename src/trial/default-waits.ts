/** Milliseconds, unless the settings say otherwise. */
export const DEFAULT_WAITS = {
  readyMs: 30_000,
  settleMs: 750,
  graceMs: 30_000,
  deadlineMs: 10 * 60_000,
} as const;
