import { type Fields, isFields, listAt, objectsAt, textAt } from "../../../json/fields.ts";
import { cwesOfRule, isSecurityRule } from "../format/eslint-rules.ts";
import { incomplete, incompleteWhere } from "../format/incomplete.ts";
import type { ReportDocument, ScanFormat, StatedReport } from "../format/scan-format.ts";
import { Tally } from "../format/tally.ts";

/** Output of `eslint --format json` and `json-with-metadata`. Only findings of rules for weaknesses count. */
export const ESLINT: ScanFormat = {
  id: "eslint",
  version: 1,
  mediaType: "application/json",
  excerpts: ["source", "output", "fix", "suggestions"],
  recognises: (document) => filesOf(document) !== undefined,
  read: (document) => read(filesOf(document) ?? []),
  // Exit code 1 means findings, including findings of style; 2 means that ESLint failed.
  hasFinished: (exitCode) => exitCode === 0 || exitCode === 1,
};

/** Files of the report; undefined if the document has another format. An empty list could be any tool's. */
function filesOf(document: ReportDocument): readonly unknown[] | undefined {
  if (document.form !== "json") return undefined;
  const { value } = document;
  const isWithMetadata = isFields(value) && isFields(value["metadata"]) && Array.isArray(value["results"]);
  const files: unknown = isWithMetadata ? value["results"] : value;
  if (!Array.isArray(files) || (files.length === 0 && !isWithMetadata)) return undefined;
  return files.length === 0 || files.some(isFile) ? (files as readonly unknown[]) : undefined;
}

function isFile(file: unknown): boolean {
  return isFields(file) && textAt(file, "filePath") !== undefined && Array.isArray(file["messages"]);
}

function read(files: readonly unknown[]): StatedReport {
  const findings = new Tally();
  let errors = 0;
  let isContradicted = false;
  let hasSecurityRule = false;
  for (const file of files) {
    if (!isFields(file) || !isFile(file)) {
      findings.unreadable();
      continue;
    }
    for (const message of listAt(file, "messages")) {
      if (isFailure(message)) errors++;
      else hasSecurityRule = count(message, findings) || hasSecurityRule;
    }
    isContradicted ||= isMiscounted(file);
    const suppressed = objectsAt(file, "suppressedMessages").filter(isOfSecurity);
    findings.suppress(suppressed.length);
    hasSecurityRule ||= suppressed.length > 0;
  }
  return {
    kind: "sast",
    tool: "ESLint",
    findings,
    incomplete: incompleteWhere({
      "scanner-errors": errors,
      "no-files": files.length === 0,
      "counts-disagree": isContradicted,
      "unreadable-findings": findings.unreadables,
    }),
    unless: hasSecurityRule ? [] : [{ given: "rules", reason: incomplete("no-security-rules") }],
    isFinished: true,
  };
}

/** Whether the numbers of the file's messages differ from ESLint's own counts of errors and warnings. */
function isMiscounted(file: Fields): boolean {
  const { errorCount, warningCount } = file;
  return Number(errorCount) + Number(warningCount) !== listAt(file, "messages").length;
}

/**
 * Whether a message reports a failure of ESLint: a file that does not parse, or ESLint's own message without
 * a rule (a missing rule).
 */
function isFailure(message: unknown): boolean {
  if (!isFields(message)) return false;
  return message["fatal"] === true || (message["ruleId"] === null && message["severity"] === 2);
}

function isOfSecurity(message: Fields): boolean {
  return isSecurityRule(textAt(message, "ruleId") ?? "");
}

/** Counts a message of a rule for weaknesses; false for others. */
function count(message: unknown, findings: Tally): boolean {
  if (!isFields(message)) {
    findings.unreadable();
    return false;
  }
  if (!isOfSecurity(message)) return false;
  const { severity } = message;
  findings.open(
    severity === 2 ? "high" : severity === 1 ? "medium" : "unknown",
    cwesOfRule(textAt(message, "ruleId") ?? ""),
  );
  return true;
}
