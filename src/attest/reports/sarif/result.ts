import { type Fields, listAt, objectAt, objectsAt, textAt } from "../../../json/fields.ts";
import { cwesOfRule, isSecurityRule } from "../format/eslint-rules.ts";
import { type Severity, severityOf } from "../format/severity.ts";
import type { Tally } from "../format/tally.ts";
import { cwesAt, type Rules } from "./rules.ts";

/** A run whose results are counted. */
export interface CountedRun {
  readonly rules: Rules;
  /** Whether the tool is ESLint, most of whose rules are about style. */
  readonly isEslint: boolean;
  /** Level of a result for which neither the result nor its rule gives one (3.27.10); `error` for secrets. */
  readonly defaultLevel: "warning" | "error";
}

/** Counts one result of a run (SARIF 2.1.0, 3.27). */
export function countResult(result: Fields, run: CountedRun, findings: Tally): void {
  const { rules, isEslint } = run;
  const id = textAt(result, "ruleId") ?? textAt(objectAt(result, "rule"), "id") ?? "";
  if (id === "" && Object.keys(objectAt(result, "message")).length === 0) return findings.unreadable();
  // A result of a former run that is gone (3.27.24).
  if (result["baselineState"] === "absent") return undefined;
  if (isEslint && !isSecurityRule(id)) return undefined;
  const kind = textAt(result, "kind") ?? "fail";
  if (kind === "pass" || kind === "notApplicable" || kind === "informational") return undefined;
  if (isSuppressed(result)) return findings.suppress();
  const rule = rules.of(result);
  const severity =
    kind === "open" || kind === "review" ? "info" : severityOfResult(result, rule, run.defaultLevel);
  const cwes = [...cwesAt(result), ...cwesAt(rule), ...(isEslint ? cwesOfRule(id) : [])];
  return findings.open(severity, cwes);
}

/** Whether a result is suppressed: it has a suppression, and none is under review or rejected (3.27.23). */
function isSuppressed(result: Fields): boolean {
  const all = objectsAt(result, "suppressions");
  if (all.length === 0 || all.length !== listAt(result, "suppressions").length) return false;
  return all.every(({ status = "accepted" }) => status === "accepted");
}

/**
 * Severity: the tool's score or severity for security, otherwise the level of the result, otherwise that of
 * its rule.
 */
function severityOfResult(result: Fields, rule: Fields, defaultLevel: string): Severity {
  for (const one of [result, rule]) {
    const severity = ofScore(objectAt(one, "properties")["security-severity"]);
    if (severity !== "unknown") return severity;
  }
  return severityOf(
    textAt(result, "level") ?? textAt(objectAt(rule, "defaultConfiguration"), "level") ?? defaultLevel,
  );
}

/** Thresholds of CVSS, which code hosts apply to `security-severity`, too. */
function ofScore(value: unknown): Severity {
  const score =
    typeof value === "number" ? value : /^\d{1,2}(?:\.\d{1,4})?$/.test(String(value)) ? Number(value) : -1;
  if (!(score >= 0 && score <= 10)) return severityOf(value);
  if (score >= 9) return "critical";
  if (score >= 7) return "high";
  if (score >= 4) return "medium";
  return score > 0 ? "low" : "info";
}
