/** What `douane vulns` can do: apart from the commands, since a scan proposes the near one. */
export const VULNS_COMMAND_NAMES: readonly string[] = [
  "scan",
  "import",
  "update",
  "export",
  "status",
  "affected",
  "vex",
];
