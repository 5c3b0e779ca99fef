import { type Fields, isFields, listAt, objectAt, objectsAt, textAt } from "../../../json/fields.ts";
import { isInjection } from "../format/cwe.ts";
import { isSecurityRule } from "../format/eslint-rules.ts";
import { given } from "../format/given.ts";
import { type Incomplete, type IncompleteReason, incomplete, incompleteWhere } from "../format/incomplete.ts";
import type { ReportDocument, ScanFormat, StatedReport } from "../format/scan-format.ts";
import { kindOfTool } from "../format/scan-tools.ts";
import { Tally } from "../format/tally.ts";
import { utcTime } from "../format/time.ts";
import { isZapAttack } from "../format/zap-rules.ts";
import { incompleteRun, isFinished } from "./completion.ts";
import { countResult } from "./result.ts";
import { cwesAt, Rules } from "./rules.ts";

/**
 * SARIF 2.1.0 (OASIS), as written by CodeQL and many other tools. A report of several runs is read as one
 * report.
 */
export const SARIF: ScanFormat = {
  id: "sarif",
  version: 1,
  mediaType: "application/sarif+json",
  excerpts: [
    "snippet",
    "contents",
    "rendered",
    "environmentVariables",
    "body",
    "headers",
    "parameters",
    "fixes",
    "insertedContent",
    "commitMessage",
  ],
  recognises: (document) => runsOf(document) !== undefined,
  read: (document) => readRuns(runsOf(document) ?? [], fieldsOfDocument(document)),
};

function fieldsOfDocument(document: ReportDocument): Fields {
  return document.form === "json" && isFields(document.value) ? document.value : {};
}

function runsOf(document: ReportDocument): readonly unknown[] | undefined {
  const { version, runs } = fieldsOfDocument(document);
  return version === "2.1.0" && Array.isArray(runs) ? (runs as readonly unknown[]) : undefined;
}

/** Tools that list only the rules with findings. */
const LISTS_FOUND_RULES: ReadonlySet<string> = new Set(["bandit", "flawfinder"]);

function readRuns(all: readonly unknown[], document: Fields): StatedReport {
  const runs = all.filter(isFields);
  const findings = new Tally();
  const reasons: Partial<Record<IncompleteReason, number>> = {};
  for (const run of runs) {
    count(run, findings);
    add(reasons, incompleteRun(run));
  }
  const drivers = runs.map((run) => objectAt(objectAt(run, "tool"), "driver"));
  const names = [...new Set(drivers.map((driver) => textAt(driver, "name")?.trim() ?? ""))];
  const kinds = new Set(names.filter((name) => name !== "").map(kindOfTool));
  const [kind] = kinds;
  const rules = runs.flatMap((run) => new Rules(run).all);
  add(reasons, {
    "no-runs": all.length === 0,
    "unreadable-findings": findings.unreadables + all.length - runs.length,
    "mixed-kinds": kinds.size > 1,
    "other-kind": kinds.has("other"),
    "mixed-targets": revisionsOf(runs).size > 1,
    "results-elsewhere": objectsAt(document, "inlineExternalProperties").some(
      (one) => listAt(one, "results").length > 0,
    ),
  });
  return given({
    kind: kinds.size === 1 && kind !== "other" ? kind : undefined,
    tool: names.filter((name) => name !== "").join(", ") || undefined,
    toolVersion: names.length === 1 ? versionOf(drivers) : undefined,
    ...timesOf(runs),
    ...sourceOf(runs),
    rulesRun: rules.length,
    injectionRulesRun: rules.filter((rule) => isInjection(cwesAt(rule))).length,
    findings,
    incomplete: incompleteWhere(reasons),
    unless: [
      ...withoutRules(runs).map((reason) => ({ given: "rules" as const, reason })),
      ...(kind === "dast" ? withoutAttack(runs) : []),
    ],
    isFinished: runs.every(isFinished),
  });
}

function add(
  reasons: Partial<Record<IncompleteReason, number>>,
  more: Readonly<Partial<Record<IncompleteReason, number | boolean>>>,
): void {
  for (const [reason, count] of Object.entries(more) as [IncompleteReason, number | boolean][])
    reasons[reason] = (reasons[reason] ?? 0) + Number(count);
}

function nameOf(run: Fields): string {
  return (textAt(objectAt(objectAt(run, "tool"), "driver"), "name") ?? "").trim().toLowerCase();
}

function count(run: Fields, findings: Tally): void {
  const counted = {
    rules: new Rules(run),
    isEslint: nameOf(run) === "eslint",
    defaultLevel: kindOfTool(nameOf(run)) === "secrets" ? ("error" as const) : ("warning" as const),
  };
  for (const result of listAt(run, "results")) {
    if (isFields(result)) countResult(result, counted, findings);
    else findings.unreadable();
  }
}

/** Reasons for missing rules: the run lists no rules, or (ESLint) no rule that looks for weaknesses. */
function withoutRules(runs: readonly Fields[]): readonly Incomplete[] {
  const reasons: Incomplete[] = [];
  for (const run of runs) {
    const rules = new Rules(run).all;
    const hasFound = rules.length > 0 || listAt(run, "results").length > 0;
    if (nameOf(run) === "eslint") {
      if (!rules.some(({ id }) => isSecurityRule(String(id)))) reasons.push(incomplete("no-security-rules"));
    } else if (!hasFound && !LISTS_FOUND_RULES.has(nameOf(run))) reasons.push(incomplete("no-rules"));
  }
  return reasons.slice(0, 1);
}

/**
 * Reasons why a dynamic scan is incomplete: a report without results names no URL. An attack is shown only by
 * a tool that does nothing but attack (Nuclei), or by a result of an attacking rule.
 */
function withoutAttack(runs: readonly Fields[]): NonNullable<StatedReport["unless"]> {
  const results = runs.flatMap((run) => objectsAt(run, "results"));
  const isActive =
    runs.every((run) => nameOf(run) === "nuclei") || results.some(({ ruleId }) => isZapAttack(ruleId));
  return [
    ...(results.length === 0 ? [{ given: "target" as const, reason: incomplete("no-urls") }] : []),
    ...(isActive ? [] : [{ given: "activeScan" as const, reason: incomplete("passive-scan") }]),
  ];
}

function versionOf(drivers: readonly Fields[]): string | undefined {
  const versions = new Set(drivers.map((one) => textAt(one, "version") ?? textAt(one, "semanticVersion")));
  return versions.size === 1 ? [...versions][0] : undefined;
}

/** First start and last end of all invocations. */
function timesOf(runs: readonly Fields[]): { startedAt: string | undefined; finishedAt: string | undefined } {
  const invocations = runs.flatMap((run) => objectsAt(run, "invocations"));
  const times = (key: string) => invocations.flatMap((one) => utcTime(one[key], true) ?? []).sort();
  return { startedAt: times("startTimeUtc")[0], finishedAt: times("endTimeUtc").at(-1) };
}

/** Commits that the runs name. */
function revisionsOf(runs: readonly Fields[]): ReadonlySet<string> {
  const sources = runs.flatMap((run) => objectsAt(run, "versionControlProvenance"));
  return new Set(sources.flatMap((one) => textAt(one, "revisionId") ?? []));
}

/** Repository and commit that all runs name. */
function sourceOf(runs: readonly Fields[]): { target: string | undefined; commit: string | undefined } {
  const sources = runs.flatMap((run) => objectsAt(run, "versionControlProvenance"));
  const only = (key: string) => {
    const values = new Set(sources.flatMap((one) => textAt(one, key) ?? []));
    return values.size === 1 ? [...values][0] : undefined;
  };
  return { target: only("repositoryUri"), commit: only("revisionId") };
}
