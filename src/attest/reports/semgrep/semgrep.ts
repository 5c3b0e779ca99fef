import { type Fields, isFields, listAt, objectAt, objectsAt, textAt } from "../../../json/fields.ts";
import { cwesOf } from "../format/cwe.ts";
import { given } from "../format/given.ts";
import { incompleteWhere } from "../format/incomplete.ts";
import type { ReportDocument, ScanFormat, StatedReport } from "../format/scan-format.ts";
import { type Severity, severityOf } from "../format/severity.ts";
import { Tally } from "../format/tally.ts";

/** Output of `semgrep --json` and of `opengrep --json`. */
export const SEMGREP: ScanFormat = {
  id: "semgrep",
  version: 1,
  mediaType: "application/json",
  excerpts: [
    "lines",
    "metavars",
    "abstract_content",
    "content",
    "fix",
    "fixed_lines",
    "dataflow_trace",
    "rendered_fix",
  ],
  recognises: (document) => recognises(reportOf(document)),
  read: (document) => read(reportOf(document)),
};

function reportOf(document: ReportDocument): Fields {
  return document.form === "json" && isFields(document.value) ? document.value : {};
}

function recognises(report: Fields): boolean {
  if (!Array.isArray(report["results"]) || !Array.isArray(report["errors"])) return false;
  const [first] = listAt(report, "results");
  const hasOwnMark =
    isFields(report["paths"]) || (isFields(first) && textAt(first, "check_id") !== undefined);
  return (
    hasOwnMark ||
    Object.keys(report).every((key) => key === "results" || key === "errors" || key === "version")
  );
}

/** Reasons for which a file is skipped on purpose: by its kind or by the settings. */
const ON_PURPOSE: ReadonlySet<unknown> = new Set([
  "always_skipped",
  "semgrepignore_patterns_match",
  "gitignore_patterns_match",
  "cli_exclude_flags_match",
  "cli_include_flags_do_not_match",
  "excluded_by_config",
  "wrong_language",
  "minified",
  "binary",
  "irrelevant_rule",
  "dotfile",
]);

function read(report: Fields): StatedReport {
  const findings = new Tally();
  for (const one of listAt(report, "results")) count(one, findings);
  const paths = objectAt(report, "paths");
  const scanned = listAt(paths, "scanned").length;
  const skipped = objectsAt(paths, "skipped").filter(
    ({ reason }) => !ON_PURPOSE.has(typeof reason === "string" ? reason.toLowerCase() : reason),
  );
  const rules = listAt(objectAt(report, "time"), "rules").length;
  return given({
    kind: "sast" as const,
    tool: "Semgrep",
    toolVersion: textAt(report, "version"),
    rulesRun: rules === 0 ? undefined : rules,
    findings,
    incomplete: incompleteWhere({
      "scanner-errors": listAt(report, "errors").length,
      "skipped-paths": skipped.length,
      "rules-skipped": listAt(report, "skipped_rules").length,
      "no-files": isFields(report["paths"]) && scanned === 0,
      "unreadable-findings": findings.unreadables,
    }),
    // Versions before 0.90 name no path.
    isFinished: isFields(report["paths"]),
  });
}

function count(one: unknown, findings: Tally): void {
  if (!isFields(one) || textAt(one, "check_id") === undefined) return findings.unreadable();
  const extra = objectAt(one, "extra");
  if (extra["is_ignored"] === true) return findings.suppress();
  return findings.open(severityOfRule(extra["severity"]), cwesOf(objectAt(extra, "metadata")["cwe"]));
}

/** `INFO` is the least severity of rules that find weaknesses; `INVENTORY` and `EXPERIMENT` find none. */
function severityOfRule(word: unknown): Severity {
  if (word === "INFO") return "low";
  return word === "INVENTORY" || word === "EXPERIMENT" ? "info" : severityOf(word);
}
