import { expect, test } from "vitest";
import { FINISHED, scanCounts, scanOutcome, scanReport } from "../../../../test/fixtures/scan-reading.ts";

const ISSUE = {
  engineId: "scanner",
  ruleId: "a",
  severity: "CRITICAL",
  type: "VULNERABILITY",
  primaryLocation: { message: "a" },
};
const RULE = {
  id: "a",
  name: "SQL injection (CWE-89)",
  engineId: "scanner",
  impacts: [{ softwareQuality: "SECURITY", severity: "MEDIUM" }],
};
const OF_RULE = { ruleId: "a", primaryLocation: { message: "a" } };

test.each<[string, unknown, string, string]>([
  ["a vulnerability", { issues: [ISSUE] }, "fail", "high 1"],
  ["a code smell", { issues: [{ ...ISSUE, type: "CODE_SMELL" }] }, "pass", ""],
  ["a rule's impact on security", { rules: [RULE], issues: [OF_RULE] }, "warn", "medium 1"],
  ["rules without a finding", { rules: [RULE], issues: [] }, "pass", ""],
  ["no rule and no issue", { issues: [] }, "incomplete: kind-unknown tool-unknown", ""],
  [
    "an issue whose rule is missing",
    { rules: [RULE], issues: [{ ...OF_RULE, ruleId: "b" }] },
    "incomplete: unreadable-findings",
    "unknown 1",
  ],
  ["an entry that is none", { issues: [ISSUE, 7] }, "incomplete: unreadable-findings", "high 1, unknown 1"],
  [
    "engines of two kinds",
    { issues: [ISSUE, { ...ISSUE, engineId: "gitleaks" }] },
    "incomplete: mixed-kinds",
    "high 2",
  ],
  ["vulnerable packages", { issues: [{ ...ISSUE, engineId: "trivy" }] }, "incomplete: other-kind", "high 1"],
])("with the job's word: %s", (_, report, expected, counts) => {
  const exitCode = counts === "" ? 0 : 1;
  expect([scanOutcome(report, { ...FINISHED, exitCode }), scanCounts(report)]).toEqual([expected, counts]);
});

test("the format says neither date, nor target, nor whether the scan finished", () => {
  expect(scanOutcome({ issues: [ISSUE] })).toBe("incomplete: completion-unknown");
  expect(scanReport({ rules: [RULE], issues: [OF_RULE] })).toMatchObject({
    kind: "sast",
    tool: "scanner",
    rulesRun: 1,
    injections: 1,
    assertedNeeded: ["exitCode", "finishedAt", "target", "toolVersion"],
  });
});
