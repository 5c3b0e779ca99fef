import { GRACE_SECONDS } from "../contract/pod-defaults.ts";

/** Default waits in milliseconds. */
export const DEFAULT_WAITS = {
  readyMs: 30_000,
  settleMs: 600,
  graceMs: GRACE_SECONDS * 1_000,
  deadlineMs: 10 * 60_000,
} as const;
