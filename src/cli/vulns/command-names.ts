/** Subcommands of `douane vulns`; separate from the commands, because a scan suggests similar names. */
export const VULNS_COMMAND_NAMES: readonly string[] = [
  "scan",
  "import",
  "update",
  "export",
  "status",
  "affected",
  "vex",
];
