import { type Fields, isFields, textAt } from "../../../json/fields.ts";
import { incompleteWhere } from "../format/incomplete.ts";
import type { ReportDocument, ScanFormat, StatedReport } from "../format/scan-format.ts";
import { Tally } from "../format/tally.ts";

/**
 * JSON reports of gitleaks: 7 (`rule`, `offender`) and 8 (`RuleID`, `Secret`). An empty list or `null` does
 * not identify gitleaks, see empty-list. A failed scan writes an empty list, too, and exits with 1, like a
 * scan with findings.
 */
export const GITLEAKS: ScanFormat = {
  id: "gitleaks",
  version: 1,
  mediaType: "application/json",
  excerpts: ["Secret", "Match", "Line", "Message", "line", "offender", "offenderEntropy", "commitMessage"],
  recognises: (document) => findingsOf(document).some(isFinding),
  read: (document) => read(findingsOf(document)),
  // `--exit-code` changes the code of findings; 126 is a wrong flag.
  hasFinished: (exitCode, hasFindings) => exitCode === 0 || (hasFindings && exitCode !== 126),
};

function findingsOf(document: ReportDocument): readonly unknown[] {
  return document.form === "json" && Array.isArray(document.value)
    ? (document.value as readonly unknown[])
    : [];
}

function isFinding(one: unknown): one is Fields {
  if (!isFields(one)) return false;
  const isOfVersion8 = textAt(one, "RuleID") !== undefined && "Secret" in one;
  return isOfVersion8 || (textAt(one, "rule") !== undefined && "offender" in one);
}

function read(all: readonly unknown[]): StatedReport {
  const findings = new Tally();
  for (const one of all) {
    if (isFinding(one)) findings.open("high");
    else findings.unreadable();
  }
  return {
    kind: "secrets",
    tool: "gitleaks",
    findings,
    incomplete: incompleteWhere({ "unreadable-findings": findings.unreadables }),
    isFinished: false,
  };
}
