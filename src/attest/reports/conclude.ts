import { excerpt } from "../../contract/shown.ts";
import { maskText } from "../../secrets/scan.ts";
import { given } from "./format/given.ts";
import { type Incomplete, incomplete } from "./format/incomplete.ts";
import type { AssertedField, AssertedRun, ScanFormat, StatedReport } from "./format/scan-format.ts";
import { utcTime } from "./format/time.ts";
import type { ScanReport } from "./scan-report.ts";

/** Draws the verdict from the report, and from the job's options for fields that the report lacks. */
export function conclude(
  format: ScanFormat,
  stated: StatedReport,
  asserted: AssertedRun,
  attached: Pick<ScanReport, "mediaType" | "digest">,
): ScanReport {
  const { findings, startedAt, rulesRun, injectionRulesRun } = stated;
  const finishedAt = stated.finishedAt ?? utcTime(asserted.finishedAt);
  const known = {
    kind: stated.kind ?? asserted.kind,
    tool: shown(stated.tool ?? asserted.tool),
    toolVersion: shown(stated.toolVersion ?? asserted.toolVersion),
    target: shown(stated.target ?? asserted.target),
  };
  const because = reasonsOf(format, stated, asserted);
  const kind: ScanReport["kind"] = known.kind ?? "unknown";
  const verdict: ScanReport["verdict"] = because.length > 0 ? "incomplete" : verdictOf(stated);
  return given({
    format: format.id,
    kind,
    tool: known.tool ?? "unknown",
    toolVersion: known.toolVersion,
    startedAt,
    finishedAt,
    target: known.target,
    commit: isCommit(stated.commit) ? stated.commit : undefined,
    rulesRun,
    injectionRulesRun,
    counts: findings.counts,
    injections: findings.injections,
    suppressed: findings.suppressed,
    verdict,
    incompleteBecause: because,
    asserted: assertedFields(stated, asserted),
    assertedNeeded: neededFields(stated, { ...asserted, ...known, finishedAt }),
    ...attached,
  });
}

/** A name from the report or the job: without secrets, controls, and characters beyond the first 120. */
function shown(value: string | undefined): string | undefined {
  return value === undefined ? undefined : excerpt(maskText(value));
}

function isCommit(value: string | undefined): boolean {
  return value !== undefined && /^[0-9a-f]{7,64}$/.test(value);
}

function reasonsOf(format: ScanFormat, stated: StatedReport, asserted: AssertedRun): readonly Incomplete[] {
  const { exitCode } = asserted;
  const hasFindings = stated.findings.total > 0;
  const hasFailed = exitCode !== undefined && !hasFinished(format, exitCode, hasFindings);
  const isSettled =
    stated.isFinished || (exitCode !== undefined && (stated.target ?? asserted.target) !== undefined);
  const reasons = [
    ...stated.incomplete,
    ...(stated.unless ?? []).flatMap(({ given: field, reason }) =>
      isGiven(asserted[field]) ? [] : [reason],
    ),
    ...(isSettled || isTelling(stated) ? [] : [incomplete("completion-unknown")]),
    ...(hasFailed ? [incomplete("exit-code")] : []),
    ...((stated.tool ?? asserted.tool) === undefined ? [incomplete("tool-unknown")] : []),
    ...((stated.kind ?? asserted.kind) === undefined && !isOther(stated) ? [incomplete("kind-unknown")] : []),
    ...(isContradicted(stated, asserted) ? [incomplete("tool-contradicted")] : []),
  ];
  return [...new Map(reasons.map((one) => [one.reason, one])).values()].sort((one, other) =>
    one.reason < other.reason ? -1 : 1,
  );
}

function hasFinished(format: ScanFormat, exitCode: number, hasFindings: boolean): boolean {
  return format.hasFinished?.(exitCode, hasFindings) ?? (exitCode === 0 || (hasFindings && exitCode === 1));
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== false && value !== "";
}

/** Whether a stated reason already implies that the scan did not finish. */
function isTelling({ incomplete: reasons }: StatedReport): boolean {
  return reasons.some(
    ({ reason }) => reason === "no-runs" || reason === "execution-failed" || reason === "scan-status",
  );
}

function isOther({ incomplete: reasons }: StatedReport): boolean {
  return reasons.some(({ reason }) => reason === "other-kind" || reason === "mixed-kinds");
}

/** Whether the job names another tool or kind than the report; "Semgrep" and "Semgrep OSS" count as equal. */
function isContradicted({ tool, kind }: StatedReport, asserted: AssertedRun): boolean {
  const [own, other] = [tool?.toLowerCase(), asserted.tool?.toLowerCase()];
  const isOtherTool =
    own !== undefined && other !== undefined && !own.includes(other) && !other.includes(own);
  return isOtherTool || (kind !== undefined && asserted.kind !== undefined && kind !== asserted.kind);
}

function verdictOf({ findings: { counts }, gate }: StatedReport): ScanReport["verdict"] {
  if (gate === "fail" || counts.critical + counts.high + counts.unknown > 0) return "fail";
  return gate === "warn" || counts.medium + counts.low > 0 ? "warn" : "pass";
}

/** Fields of the job that the reading rests on. */
function assertedFields(stated: StatedReport, asserted: AssertedRun): readonly AssertedField[] {
  const own: Partial<Record<AssertedField, unknown>> = { ...stated };
  const names = Object.keys(asserted) as AssertedField[];
  const settled = new Set((stated.unless ?? []).map(({ given: field }) => field));
  return names
    .filter(
      (name) =>
        isGiven(asserted[name]) && (own[name] === undefined || stated.restsOn?.includes(name) === true),
    )
    .filter((name) => name !== "finishedAt" || utcTime(asserted.finishedAt) !== undefined)
    .filter((name) => (name === "activeScan" || name === "rules" ? settled.has(name) : true))
    .sort();
}

function neededFields(
  stated: StatedReport,
  known: Partial<Record<AssertedField, unknown>>,
): readonly AssertedField[] {
  const wanted: AssertedField[] = ["tool", "kind", "toolVersion", "target", "finishedAt"];
  if (!stated.isFinished) wanted.push("exitCode");
  wanted.push(...(stated.unless ?? []).map(({ given: field }) => field));
  return [...new Set(wanted)].filter((name) => !isGiven(known[name])).sort();
}
