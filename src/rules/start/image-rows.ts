/**
 * Rows about the image's content: if another image than the judged one runs, none of these rows is proven.
 */
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
