/** Rows about the running pod: if the pod is changed after it was judged, none of these rows is proven. */
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
