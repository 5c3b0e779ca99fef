import { type Fields, isFields, listAt, objectAt, textAt } from "../../../json/fields.ts";
import { incompleteWhere } from "../format/incomplete.ts";
import { countAt } from "../format/numbers.ts";
import type { ReportDocument, ScanFormat, StatedReport } from "../format/scan-format.ts";
import { severityOf } from "../format/severity.ts";
import { Tally } from "../format/tally.ts";

/** Report of `talisman --scan` (talisman_reports/data/report.json), which has neither version, date nor target. */
export const TALISMAN: ScanFormat = {
  id: "talisman",
  version: 1,
  mediaType: "application/json",
  excerpts: ["message"],
  recognises: (document) => recognises(reportOf(document)),
  read: (document) => read(reportOf(document)),
};

function reportOf(document: ReportDocument): Fields {
  return document.form === "json" && isFields(document.value) ? document.value : {};
}

function recognises(report: Fields): boolean {
  // `results` is null where a scan found nothing.
  const hasResults = Array.isArray(report["results"]) || report["results"] === null;
  const types = objectAt(objectAt(report, "summary"), "types");
  return hasResults && ["filecontent", "filename", "filesize"].every((key) => key in types);
}

function read(report: Fields): StatedReport {
  const findings = new Tally();
  for (const file of listAt(report, "results")) count(file, findings);
  const types = objectAt(objectAt(report, "summary"), "types");
  const stated = ["filecontent", "filename", "filesize", "warnings"].map((key) => countAt(types, key));
  const sum = stated.reduce<number>((total, count) => total + (count ?? Number.NaN), 0);
  return {
    kind: "secrets",
    tool: "Talisman",
    findings,
    incomplete: incompleteWhere({
      "counts-disagree": sum !== findings.total - findings.unreadables,
      "unreadable-findings": findings.unreadables,
    }),
    isFinished: false,
  };
}

function count(file: unknown, findings: Tally): void {
  if (!isFields(file) || textAt(file, "filename") === undefined) return findings.unreadable();
  for (const one of [...listAt(file, "failure_list"), ...listAt(file, "warning_list")]) {
    if (isFields(one)) findings.open(severityOf(one["severity"]));
    else findings.unreadable();
  }
  return findings.suppress(listAt(file, "ignore_list").length);
}
