import { describe, expect, test } from "vitest";
import { scanCounts, scanOutcome, scanReport } from "../../../../test/fixtures/scan-reading.ts";
import { securityOf } from "./issues.ts";

const TASK = {
  id: "a",
  type: "REPORT",
  componentKey: "app",
  status: "SUCCESS",
  startedAt: "2026-01-02T03:04:05+0100",
  executedAt: "2026-01-02T03:04:45+0100",
};

function task(changes: object = {}): unknown {
  return { task: { ...TASK, ...changes } };
}

function gate(status: unknown = "OK"): unknown {
  return { projectStatus: { status, conditions: [] } };
}

let made = 0;

function issue(changes: object = {}): Record<string, unknown> {
  made++;
  return {
    key: `issue ${made}`,
    rule: "java:S3649",
    project: "app",
    type: "VULNERABILITY",
    severity: "MAJOR",
    status: "OPEN",
    tags: [],
    ...changes,
  };
}

function issues(all: readonly unknown[] = [], total: unknown = all.length, more: object = {}): unknown {
  return { paging: { pageIndex: 1, pageSize: 100, total }, issues: all, ...more };
}

function hotspot(changes: object = {}): Record<string, unknown> {
  made++;
  return {
    key: `hotspot ${made}`,
    project: "app",
    securityCategory: "others",
    vulnerabilityProbability: "LOW",
    status: "TO_REVIEW",
    ...changes,
  };
}

function hotspots(all: readonly unknown[], total: unknown = all.length): unknown {
  return { paging: { pageIndex: 1, pageSize: 100, total }, hotspots: all };
}

/** Answers of a finished analysis whose gate passed, with these findings. */
function analysis(...findings: readonly unknown[]): unknown {
  return [task(), gate(), ...findings];
}

test("a finished analysis whose gate passed passes, with its UTC date and project", () => {
  expect(scanReport(analysis(issues()))).toMatchObject({
    kind: "sast",
    tool: "SonarQube",
    startedAt: "2026-01-02T02:04:05Z",
    finishedAt: "2026-01-02T02:04:45Z",
    target: "app",
    verdict: "pass",
    assertedNeeded: ["toolVersion"],
  });
});

describe("incomplete is a failure, named", () => {
  const page = [issue(), issue()];
  test.each<[string, unknown, string]>([
    ["issues alone", issues(), "incomplete: gate-missing task-missing"],
    ["issues in a list of one", [issues()], "incomplete: gate-missing task-missing"],
    ["hotspots alone", hotspots([]), "incomplete: gate-missing task-missing"],
    ["the gate alone", gate(), "incomplete: findings-missing task-missing"],
    ["the task alone", task(), "incomplete: findings-missing gate-missing"],
    ["no findings", [task(), gate()], "incomplete: findings-missing"],
    [
      "answers that were merged into one",
      { ...(task() as object), ...(gate() as object), ...(issues() as object) },
      "pass",
    ],
    [
      "issues and hotspots merged, whose numbers are mixed",
      [task(), gate(), { ...(issues() as object), hotspots: [] }],
      "incomplete: counts-disagree",
    ],
    [
      "an analysis in the queue",
      [task({ status: "PENDING" }), gate(), issues()],
      "incomplete: task-unfinished",
    ],
    [
      "an analysis that failed",
      [task({ status: "FAILED" }), gate(), issues()],
      "incomplete: task-unfinished",
    ],
    ["a gate that was not computed", [task(), gate("NONE"), issues()], "incomplete: gate-missing"],
    ["a page of two", analysis(issues([issue()], 2)), "incomplete: pages-missing"],
    ["both pages", analysis(issues([issue()], 2), issues([issue()], 2)), "warn"],
    ["one page twice", analysis(issues([page[0]], 2), issues([page[0]], 2)), "incomplete: pages-missing"],
    ["more listed than announced", analysis(issues(page, 1)), "incomplete: counts-disagree"],
    [
      "pages that announce different numbers",
      analysis(issues([issue()], 2), issues([issue()], 3)),
      "incomplete: counts-disagree",
    ],
    ["two numbers in one page", analysis(issues(page, 2, { total: 42 })), "incomplete: counts-disagree"],
    ["the same number twice", analysis(issues(page, 2, { total: 2 })), "warn"],
    ["a negative number", analysis(issues([], -1)), "incomplete: counts-disagree"],
    ["a number as text", analysis(issues([], "0")), "incomplete: counts-disagree"],
    [
      "hotspots of which one is missing",
      analysis(issues(), hotspots([hotspot()], 2)),
      "incomplete: pages-missing",
    ],
    [
      "issues of another project than the task",
      analysis(issues([issue({ project: "other" })])),
      "incomplete: mixed-targets",
    ],
    ["an entry that is none", analysis(issues(["a"])), "incomplete: unreadable-findings"],
    [
      "an issue without a rule",
      analysis(issues([issue({ rule: undefined })])),
      "incomplete: unreadable-findings",
    ],
  ])("%s", (_, report, expected) => {
    expect(scanOutcome(report)).toBe(expected);
  });
});

test.each<[unknown, unknown, string]>([
  ["OK", {}, "warn"],
  ["WARN", { type: "BUG" }, "warn"],
  ["ERROR", { type: "BUG" }, "fail"],
  ["OK", { type: "BUG" }, "pass"],
  ["other", { type: "BUG" }, "fail"],
])("the gate %s with an issue %j makes %s", (status, changes, verdict) => {
  expect(scanOutcome([task(), gate(status), issues([issue(changes as object)])])).toBe(verdict);
});

describe("an issue's severity", () => {
  const impact = (severity: string, softwareQuality = "SECURITY") => ({
    impacts: [{ softwareQuality, severity }],
  });
  test.each<[object, string]>([
    [{ severity: "BLOCKER" }, "critical 1"],
    [{ severity: "CRITICAL" }, "high 1"],
    [{ severity: "MAJOR" }, "medium 1"],
    [{ severity: "MINOR" }, "low 1"],
    [{ severity: "INFO" }, "info 1"],
    [{ severity: "a" }, "unknown 1"],
    [{ severity: "MINOR", ...impact("HIGH") }, "high 1"],
    [{ severity: "BLOCKER", ...impact("LOW") }, "critical 1"],
    [{ type: "CODE_SMELL", severity: "BLOCKER", ...impact("LOW") }, "low 1"],
    [{ type: "CODE_SMELL", severity: "BLOCKER", ...impact("HIGH", "MAINTAINABILITY") }, ""],
    [{ type: "BUG" }, ""],
    [{ type: undefined, severity: undefined, ...impact("BLOCKER") }, "critical 1"],
    [{ type: undefined, ...impact("HIGH", "RELIABILITY") }, ""],
    [{ type: undefined }, "unknown 1"],
    [{ status: "CONFIRMED" }, "medium 1"],
    [{ status: "REOPENED" }, "medium 1"],
    [{ status: "CLOSED", resolution: "FIXED" }, ""],
    [{ status: "RESOLVED", resolution: "FIXED" }, ""],
  ])("%j counts as %j", (changes, counts) => {
    expect(scanCounts(analysis(issues([issue(changes)])))).toBe(counts);
  });
});

test.each([
  { status: "RESOLVED", resolution: "FALSE-POSITIVE" },
  { status: "RESOLVED", resolution: "WONTFIX" },
  { issueStatus: "ACCEPTED" },
  { issueStatus: "FALSE_POSITIVE" },
])("%j is suppressed", (changes) => {
  expect(scanReport(analysis(issues([issue(changes)])))).toMatchObject({
    suppressed: 1,
    counts: { medium: 0 },
  });
});

test.each<[object, string, number]>([
  [{ vulnerabilityProbability: "HIGH" }, "high 1", 0],
  [{ status: "REVIEWED", resolution: "SAFE" }, "", 1],
  [{ status: "REVIEWED", resolution: "FIXED" }, "", 0],
  [{ status: "REVIEWED", resolution: "ACKNOWLEDGED" }, "low 1", 0],
  [{ status: undefined }, "unknown 1", 0],
])("a hotspot %j counts as %j, suppressed %i", (changes, counts, suppressed) => {
  const report = analysis(issues(), hotspots([hotspot(changes)]));
  expect([scanCounts(report), scanReport(report).suppressed]).toEqual([counts, suppressed]);
});

test.each<[unknown, number]>([
  [issues([issue({ tags: ["cwe", "cwe-89"] })]), 1],
  [issues([issue({ tags: ["cwe", "cwe-937", "owasp-a9"] })]), 0],
  [hotspots([hotspot({ securityCategory: "sql-injection" })]), 1],
  [hotspots([hotspot({ securityCategory: "xss" })]), 1],
  [hotspots([hotspot({ securityCategory: "path-traversal-injection" })]), 0],
  [hotspots([hotspot({ securityCategory: "constructor" })]), 0],
])("of %j, %i is an injection", (findings, injections) => {
  expect(scanReport(analysis(findings)).injections).toBe(injections);
});

test("of several tasks, the latest times count", () => {
  const early = task({
    id: "b",
    startedAt: "2026-01-01T00:00:00+0000",
    executedAt: "2026-01-01T00:01:00+0000",
  });
  for (const tasks of [
    [task(), early],
    [early, task()],
  ]) {
    expect(scanReport([...tasks, gate(), issues()])).toMatchObject({
      startedAt: "2026-01-02T02:04:05Z",
      finishedAt: "2026-01-02T02:04:45Z",
    });
  }
});

test.each<[readonly string[], string]>([
  [["OK"], "pass"],
  [["OK", "OK"], "pass"],
  [["OK", "WARN"], "warn"],
  [["WARN", "ERROR"], "fail"],
  [["OK", "ERROR"], "fail"],
])("the gates %j make %s", (states, verdict) => {
  expect(scanOutcome([task(), ...states.map((state) => gate(state)), issues()])).toBe(verdict);
});

const IMPACT = { softwareQuality: "SECURITY", severity: "LOW" };
const OTHER_IMPACT = { softwareQuality: "RELIABILITY", severity: "HIGH" };
test.each<[string, object, string | undefined]>([
  ["a vulnerability", { type: "VULNERABILITY", severity: "MAJOR" }, "medium"],
  ["a hotspot", { type: "SECURITY_HOTSPOT", severity: "MAJOR" }, "medium"],
  ["a vulnerability without a severity", { type: "VULNERABILITY" }, "unknown"],
  ["a critical one, the second of five", { type: "VULNERABILITY", severity: "CRITICAL" }, "high"],
  ["a blocker", { type: "VULNERABILITY", severity: "BLOCKER" }, "critical"],
  ["a bug", { type: "BUG", severity: "MAJOR" }, undefined],
  ["a code smell", { type: "CODE_SMELL", severity: "MAJOR" }, undefined],
  ["another type", { type: "OTHER", severity: "MAJOR" }, "unknown"],
  ["no type", { severity: "MAJOR" }, "unknown"],
  ["no type, with an impact on reliability", { impacts: [OTHER_IMPACT] }, undefined],
  ["no type, with an impact on security", { impacts: [OTHER_IMPACT, IMPACT] }, "low"],
  // The type is of before the impacts: a code smell may have one on security.
  [
    "a code smell with an impact on security",
    { type: "CODE_SMELL", severity: "BLOCKER", impacts: [IMPACT] },
    "low",
  ],
  [
    "a vulnerability with a graver impact",
    { type: "VULNERABILITY", severity: "MINOR", impacts: [{ ...IMPACT, severity: "HIGH" }] },
    "high",
  ],
  [
    "a vulnerability with a lighter impact",
    { type: "VULNERABILITY", severity: "BLOCKER", impacts: [IMPACT] },
    "critical",
  ],
])("%s is of severity %s", (_, fields, severity) => {
  expect(securityOf(fields as Readonly<Record<string, unknown>>)).toBe(severity);
});

test.each([
  ["FALSE-POSITIVE", "suppressed"],
  ["FALSE_POSITIVE", "suppressed"],
  ["WONTFIX", "suppressed"],
  ["ACCEPTED", "suppressed"],
  ["FIXED", "gone"],
  ["REMOVED", "gone"],
  ["OPEN", "open"],
  ["CONFIRMED", "open"],
  ["fixed", "open"],
])("an issue whose state is %s is %s, in each field that says so", (state, expected) => {
  for (const field of ["issueStatus", "resolution", "status"]) {
    const { counts, suppressed } = scanReport(analysis(issues([issue({ [field]: state })])));
    const found = suppressed === 1 ? "suppressed" : counts.medium === 1 ? "open" : "gone";
    expect([field, found]).toEqual([field, expected]);
  }
});
