/** Rows that rest on what the image contains: another image than the judged one proves none of them. */
export const IMAGE_ROWS = [
  "non-root",
  "read-only-root",
  "stdout-logs",
  "no-baked-state",
  "bind-all",
  "health",
  "env-config",
  "stateless",
  "sbom",
  "minimal",
] as const;
