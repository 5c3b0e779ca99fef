import { type Fields, isFields, listAt, objectAt, textAt } from "../../../json/fields.ts";
import { cwesOf } from "../format/cwe.ts";
import { given } from "../format/given.ts";
import { incompleteWhere } from "../format/incomplete.ts";
import { countAt } from "../format/numbers.ts";
import type { ReportDocument, ScanFormat, StatedReport } from "../format/scan-format.ts";
import { severityOf } from "../format/severity.ts";
import { Tally } from "../format/tally.ts";
import { utcTime } from "../format/time.ts";

/** Output of `bandit --format json`. */
export const BANDIT: ScanFormat = {
  id: "bandit",
  version: 1,
  mediaType: "application/json",
  excerpts: ["code"],
  recognises: (document) => recognises(reportOf(document)),
  read: (document) => read(reportOf(document)),
};

function reportOf(document: ReportDocument): Fields {
  return document.form === "json" && isFields(document.value) ? document.value : {};
}

function recognises(report: Fields): boolean {
  return (
    Array.isArray(report["results"]) &&
    textAt(report, "generated_at") !== undefined &&
    isFields(objectAt(report, "metrics")["_totals"])
  );
}

const SEVERITIES = ["HIGH", "MEDIUM", "LOW", "UNDEFINED"] as const;

function read(report: Fields): StatedReport {
  const totals = objectAt(objectAt(report, "metrics"), "_totals");
  const findings = new Tally();
  for (const one of listAt(report, "results")) count(one, findings);
  const listed = findings.counts;
  let isContradicted = false;
  for (const word of SEVERITIES) {
    const total = countAt(totals, `SEVERITY.${word}`);
    const severity = severityOf(word);
    // With a filter of the command (`-ll`: severe findings only), more findings are counted than listed.
    if (total === undefined || total + findings.unreadables < listed[severity]) isContradicted = true;
    else findings.atLeast(severity, total);
  }
  findings.suppress((countAt(totals, "nosec") ?? 0) + (countAt(totals, "skipped_tests") ?? 0));
  return given({
    kind: "sast" as const,
    tool: "Bandit",
    finishedAt: utcTime(report["generated_at"], true),
    findings,
    incomplete: incompleteWhere({
      "scanner-errors": listAt(report, "errors").length,
      "no-files": (countAt(totals, "loc") ?? 0) === 0,
      "counts-disagree": isContradicted,
      "unreadable-findings": findings.unreadables,
    }),
    isFinished: true,
  });
}

function count(one: unknown, findings: Tally): void {
  if (!isFields(one) || textAt(one, "test_id") === undefined) return findings.unreadable();
  return findings.open(severityOf(one["issue_severity"]), cwesOf(objectAt(one, "issue_cwe")["id"]));
}
