import { describe, expect, test } from "vitest";
import { scanCounts, scanOutcome, scanReport } from "../../../../test/fixtures/scan-reading.ts";

const TOTALS = {
  "SEVERITY.HIGH": 0,
  "SEVERITY.MEDIUM": 0,
  "SEVERITY.LOW": 0,
  "SEVERITY.UNDEFINED": 0,
  loc: 9,
  nosec: 0,
  skipped_tests: 0,
};

function report(changes: Record<string, unknown> = {}, totals: Record<string, unknown> = {}): unknown {
  return {
    errors: [],
    generated_at: "2026-01-02T03:04:05Z",
    metrics: { _totals: { ...TOTALS, ...totals } },
    results: [],
    ...changes,
  };
}

const HIGH = { test_id: "B602", issue_severity: "HIGH", issue_cwe: { id: 78 } };

test("a scan of some lines without a finding passes; version and target are the job's", () => {
  expect(scanReport(report())).toMatchObject({
    kind: "sast",
    tool: "Bandit",
    finishedAt: "2026-01-02T03:04:05Z",
    verdict: "pass",
    assertedNeeded: ["target", "toolVersion"],
  });
});

describe("incomplete is a failure, named", () => {
  test.each<[string, unknown, string]>([
    [
      "a file that does not parse",
      report({ errors: [{ filename: "a.py", reason: "syntax error" }] }),
      "incomplete: scanner-errors",
    ],
    ["no line of code", report({}, { loc: 0 }), "incomplete: no-files"],
    ["a number of lines that is none", report({}, { loc: -5 }), "incomplete: no-files"],
    ["more listed than counted", report({ results: [HIGH] }), "incomplete: counts-disagree"],
    ["a negative count", report({}, { "SEVERITY.HIGH": -1 }), "incomplete: counts-disagree"],
    [
      "a count beyond numbers",
      JSON.stringify(report()).replace('"SEVERITY.HIGH":0', '"SEVERITY.HIGH":1e999'),
      "incomplete: counts-disagree",
    ],
    ["no counts", report({ metrics: { _totals: { loc: 9 } } }), "incomplete: counts-disagree"],
    [
      "counts with a fraction of zero, as former versions write",
      JSON.stringify(report()).replace('"SEVERITY.HIGH":0', '"SEVERITY.HIGH":0.0'),
      "pass",
    ],
    ["an entry that is none", report({ results: [null] }), "incomplete: unreadable-findings"],
  ])("%s", (_, value, expected) => {
    expect(scanOutcome(value)).toBe(expected);
  });
});

test("findings that the command left out of the list are counted", () => {
  const value = report({ results: [HIGH] }, { "SEVERITY.HIGH": 1, "SEVERITY.MEDIUM": 2 });
  expect([scanOutcome(value), scanCounts(value)]).toEqual(["fail", "high 1, medium 2"]);
  expect(scanReport(value).injections).toBe(1);
});

test("what nosec comments leave out is suppressed", () => {
  expect(scanReport(report({}, { nosec: 2, skipped_tests: 1 }))).toMatchObject({
    suppressed: 3,
    verdict: "pass",
  });
});

test.each<[unknown, number]>([
  [{ id: 78, link: "" }, 1],
  [{ id: 703 }, 0],
  [{}, 0],
  [undefined, 0],
])("weakness %j is %i injections", (issue_cwe, injections) => {
  expect(scanReport(report({ results: [{ ...HIGH, issue_cwe }] }, { "SEVERITY.HIGH": 1 })).injections).toBe(
    injections,
  );
});
