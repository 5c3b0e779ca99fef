import { expect, test } from "vitest";
import { FINISHED, scanCounts, scanOutcome, scanReport } from "../../../../test/fixtures/scan-reading.ts";

const TYPES = { filecontent: 0, filesize: 0, filename: 0, warnings: 0, ignores: 0 };

function failure(severity: unknown): unknown {
  return { type: "filecontent", message: "Potential secret pattern", commits: [], severity };
}

function report(types: Record<string, unknown> = {}, lists: object = {}): unknown {
  const file = { filename: "a.env", failure_list: [], warning_list: [], ignore_list: [], ...lists };
  return { summary: { types: { ...TYPES, ...types } }, results: [file] };
}

test.each<[string, unknown, string, string]>([
  ["no finding", report(), "pass", ""],
  ["no result, as a list or null", { summary: { types: TYPES }, results: null }, "pass", ""],
  ["a grave one", report({ filecontent: 1 }, { failure_list: [failure("high")] }), "fail", "high 1"],
  [
    "slight ones",
    report({ filecontent: 2 }, { failure_list: [failure("low"), failure("medium")] }),
    "warn",
    "medium 1, low 1",
  ],
  ["a warning", report({ warnings: 1 }, { warning_list: [failure("low")] }), "warn", "low 1"],
  ["an unknown severity", report({ filename: 1 }, { failure_list: [failure("")] }), "fail", "unknown 1"],
  [
    "more counted than listed",
    report({ filecontent: 2 }, { failure_list: [failure("low")] }),
    "incomplete: counts-disagree",
    "low 1",
  ],
  [
    "more listed than counted",
    report({}, { failure_list: [failure("low")] }),
    "incomplete: counts-disagree",
    "low 1",
  ],
  [
    "a negative count",
    report({ filecontent: 2, filename: -1 }, { failure_list: [failure("low")] }),
    "incomplete: counts-disagree",
    "low 1",
  ],
  [
    "an entry that is none",
    report({}, { failure_list: [7] }),
    "incomplete: unreadable-findings",
    "unknown 1",
  ],
  [
    "a file without a name",
    report({}, { filename: undefined }),
    "incomplete: unreadable-findings",
    "unknown 1",
  ],
])("with the job's word: %s", (_, value, expected, counts) => {
  expect([
    scanOutcome(value, { ...FINISHED, exitCode: expected === "pass" ? 0 : 1 }),
    scanCounts(value),
  ]).toEqual([expected, counts]);
});

test("without the job's word nothing says that the scan finished", () => {
  expect(scanOutcome(report())).toBe("incomplete: completion-unknown");
  expect(scanOutcome(report(), { ...FINISHED, exitCode: 1 })).toBe("incomplete: exit-code");
  expect(scanReport(report()).assertedNeeded).toEqual(["exitCode", "finishedAt", "target", "toolVersion"]);
});

test("ignored findings are suppressed", () => {
  const value = report({ ignores: 2 }, { ignore_list: [failure("low"), failure("high")] });
  expect(scanReport(value, FINISHED)).toMatchObject({ suppressed: 2, verdict: "pass", kind: "secrets" });
});
