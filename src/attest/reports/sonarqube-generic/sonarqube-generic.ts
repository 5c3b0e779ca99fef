import { type Fields, isFields, listAt, objectsAt, textAt } from "../../../json/fields.ts";
import { cwesIn } from "../format/cwe.ts";
import { given } from "../format/given.ts";
import { incompleteWhere } from "../format/incomplete.ts";
import type { ReportDocument, ScanFormat, StatedReport } from "../format/scan-format.ts";
import { kindOfTool } from "../format/scan-tools.ts";
import { Tally } from "../format/tally.ts";
import { securityOf } from "../sonarqube/issues.ts";

/**
 * SonarQube's generic format for issues of other tools: until 10.2 each issue has its engine, since then a
 * list of rules has the engines. The format has no date, and does not state whether the tool finished.
 */
export const SONARQUBE_GENERIC: ScanFormat = {
  id: "sonarqube-generic",
  version: 1,
  mediaType: "application/json",
  excerpts: [],
  recognises: (document) => recognises(reportOf(document)),
  read: (document) => read(reportOf(document)),
};

function reportOf(document: ReportDocument): Fields {
  return document.form === "json" && isFields(document.value) ? document.value : {};
}

function recognises(report: Fields): boolean {
  if (!Array.isArray(report["issues"])) return false;
  const hasEngine = (key: string) =>
    objectsAt(report, key).some((one) => textAt(one, "engineId") !== undefined);
  return (
    hasEngine("issues") ||
    hasEngine("rules") ||
    Object.keys(report).every((key) => key === "issues" || key === "rules")
  );
}

function read(report: Fields): StatedReport {
  const rules = new Map(objectsAt(report, "rules").map((rule) => [textAt(rule, "id"), rule]));
  const findings = new Tally();
  const engines = new Set<string>([...rules.values()].flatMap((rule) => textAt(rule, "engineId") ?? []));
  for (const issue of listAt(report, "issues")) {
    const rule = isFields(issue) ? rules.get(textAt(issue, "ruleId")) : undefined;
    count(issue, rule, findings);
    const engine = isFields(issue) ? textAt(issue, "engineId") : undefined;
    if (engine !== undefined) engines.add(engine);
  }
  const kinds = new Set([...engines].map(kindOfTool));
  const [kind] = kinds;
  return given({
    kind: kinds.size === 1 && kind !== "other" ? kind : undefined,
    tool: [...engines].join(", ") || undefined,
    rulesRun: rules.size === 0 ? undefined : rules.size,
    findings,
    incomplete: incompleteWhere({
      "mixed-kinds": kinds.size > 1,
      "other-kind": kinds.has("other"),
      "unreadable-findings": findings.unreadables,
    }),
    isFinished: false,
  });
}

function count(issue: unknown, rule: Fields | undefined, findings: Tally): void {
  const isDescribed = isFields(issue) && (rule !== undefined || textAt(issue, "severity") !== undefined);
  if (!isFields(issue) || !isDescribed || textAt(issue, "ruleId") === undefined) return findings.unreadable();
  const severity = securityOf(rule === undefined ? issue : { ...rule, ...issue });
  if (severity === undefined) return undefined;
  return findings.open(severity, cwesIn([textAt(issue, "ruleId") ?? "", textAt(rule ?? {}, "name") ?? ""]));
}
