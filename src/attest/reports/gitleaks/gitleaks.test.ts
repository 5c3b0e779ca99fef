import { expect, test } from "vitest";
import { FINISHED, scanOutcome, scanReport } from "../../../../test/fixtures/scan-reading.ts";

const FOUND = {
  Description: "AWS",
  RuleID: "aws-access-token",
  Secret: "REDACTED",
  Match: "REDACTED",
  File: "a.env",
  StartLine: 1,
  Fingerprint: "a.env:aws-access-token:1",
};
const OF_7 = {
  rule: "AWS Access Key",
  offender: "REDACTED",
  line: "a",
  file: "a.env",
  lineNumber: 1,
  commit: "0",
};

test.each<[string, unknown, string]>([
  ["a finding of version 8", [FOUND], "incomplete: completion-unknown"],
  ["a finding of version 7", [OF_7], "incomplete: completion-unknown"],
  ["an entry that is none", [FOUND, {}], "incomplete: completion-unknown unreadable-findings"],
])("alone, %s does not say whether the scan finished", (_, report, expected) => {
  expect(scanOutcome(report)).toBe(expected);
});

test.each<[string, unknown, number, string]>([
  ["findings, and their exit code", [FOUND], 1, "fail"],
  ["findings of version 7", [OF_7], 1, "fail"],
  ["findings, and another exit code by --exit-code", [FOUND], 42, "fail"],
  ["findings, and none by --exit-code 0", [FOUND], 0, "fail"],
  ["a wrong flag", [FOUND], 126, "incomplete: exit-code"],
])("with the job's word: %s", (_, report, exitCode, expected) => {
  expect(scanOutcome(report, { ...FINISHED, exitCode })).toBe(expected);
});

test("each finding is a secret of severity high", () => {
  expect(scanReport([FOUND, FOUND], { ...FINISHED, exitCode: 1, toolVersion: "8.16.0" })).toMatchObject({
    kind: "secrets",
    tool: "gitleaks",
    toolVersion: "8.16.0",
    counts: { high: 2 },
    injections: 0,
    asserted: ["exitCode", "target", "toolVersion"],
    assertedNeeded: ["finishedAt"],
  });
});
