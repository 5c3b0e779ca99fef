/** Rows that rest on what a pod is when it runs: changed after it was judged, a pod proves none of them. */
export const POD_ROWS = [
  "no-host-access",
  "non-root",
  "no-escalation",
  "seccomp",
  "read-only-root",
  "stdout-logs",
  "no-baked-state",
  "bind-all",
  "health",
  "env-config",
  "stateless",
] as const;
