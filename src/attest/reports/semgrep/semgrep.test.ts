import { describe, expect, test } from "vitest";
import { FINISHED, scanCounts, scanOutcome, scanReport } from "../../../../test/fixtures/scan-reading.ts";
import { DouaneError } from "../../../contract/error.ts";

function report(changes: Record<string, unknown> = {}): unknown {
  return { version: "1.90.0", errors: [], results: [], paths: { scanned: ["a.py"] }, ...changes };
}

function finding(extra: object): unknown {
  return report({ results: [{ check_id: "a.b", path: "a.py", extra: { severity: "ERROR", ...extra } }] });
}

function skipped(...reasons: readonly unknown[]): unknown {
  return report({
    paths: { scanned: ["a.py"], skipped: reasons.map((reason) => ({ path: "b.py", reason })) },
  });
}

test("a scan of a file without a finding passes; date and target are the job's", () => {
  expect(scanReport(report({ time: { rules: ["a", "b"] } }))).toMatchObject({
    kind: "sast",
    tool: "Semgrep",
    toolVersion: "1.90.0",
    rulesRun: 2,
    verdict: "pass",
    assertedNeeded: ["finishedAt", "target"],
  });
});

describe("incomplete is a failure, named", () => {
  test.each<[string, unknown, string]>([
    ["an error", report({ errors: [{ type: "Syntax error", level: "warn" }] }), "incomplete: scanner-errors"],
    ["no file", report({ paths: { scanned: [] } }), "incomplete: no-files"],
    ["paths without a list of files", report({ paths: {} }), "incomplete: no-files"],
    ["no paths, as old versions write", report({ paths: undefined }), "incomplete: completion-unknown"],
    ["a file that is too large", skipped("exceeded_size_limit"), "incomplete: skipped-paths"],
    [
      "a file that does not parse",
      skipped("analysis_failed_parser_or_internal_error"),
      "incomplete: skipped-paths",
    ],
    ["too many matches", skipped("too_many_matches"), "incomplete: skipped-paths"],
    ["an unknown reason", skipped("other", undefined), "incomplete: skipped-paths"],
    [
      "files ignored by settings",
      skipped("semgrepignore_patterns_match", "cli_exclude_flags_match", "Gitignore_patterns_match"),
      "pass",
    ],
    ["files without code", skipped("binary", "minified", "wrong_language", "always_skipped"), "pass"],
    [
      "rules that were not applied",
      report({ skipped_rules: [{ rule_id: "a" }] }),
      "incomplete: rules-skipped",
    ],
    ["an entry that is none", report({ results: [7] }), "incomplete: unreadable-findings"],
    ["an entry without a rule", report({ results: [{ path: "a.py" }] }), "incomplete: unreadable-findings"],
  ])("%s", (_, value, expected) => {
    expect(scanOutcome(value)).toBe(expected);
  });

  test("the job settles what an old version cannot say", () => {
    const old = { results: [], errors: [] };
    expect(scanOutcome(old)).toBe("incomplete: completion-unknown");
    expect(scanOutcome(old, FINISHED)).toBe("pass");
    expect(scanOutcome(old, { ...FINISHED, exitCode: 2 })).toBe("incomplete: exit-code");
    expect(scanOutcome(report(), { exitCode: 7 })).toBe("incomplete: exit-code");
  });
});

test.each<[unknown, string]>([
  ["CRITICAL", "critical 1"],
  ["ERROR", "high 1"],
  ["HIGH", "high 1"],
  ["WARNING", "medium 1"],
  ["INFO", "low 1"],
  ["LOW", "low 1"],
  ["INVENTORY", "info 1"],
  ["EXPERIMENT", "info 1"],
  [undefined, "unknown 1"],
  [["ERROR"], "unknown 1"],
])("severity %j counts as %s", (severity, counts) => {
  expect(scanCounts(finding({ severity }))).toBe(counts);
});

test.each<[unknown, number]>([
  [["CWE-79: Improper Neutralization"], 1],
  ["CWE-89: SQL Injection", 1],
  [["CWE-327: Broken", "CWE-78: OS Command Injection"], 1],
  [["CWE-696: Incorrect Behavior Order"], 0],
  [undefined, 0],
])("weakness %j is %i injections", (cwe, injections) => {
  expect(scanReport(finding({ metadata: { cwe } })).injections).toBe(injections);
});

test("what nosem ignores is suppressed, not open", () => {
  expect(scanReport(finding({ is_ignored: true }))).toMatchObject({
    suppressed: 1,
    counts: { high: 0 },
    verdict: "pass",
  });
  expect(scanReport(finding({ is_ignored: "true" }))).toMatchObject({ suppressed: 0, counts: { high: 1 } });
});

test.each(
  "always_skipped semgrepignore_patterns_match gitignore_patterns_match cli_exclude_flags_match cli_include_flags_do_not_match excluded_by_config wrong_language minified binary irrelevant_rule dotfile".split(
    " ",
  ),
)("a file is skipped on purpose for the reason %s, in any case", (reason) => {
  expect(scanOutcome(skipped(reason, reason.toUpperCase()))).toBe("pass");
  expect(scanOutcome(skipped(reason, `${reason}_x`))).toBe("incomplete: skipped-paths");
});

test.each<[string, object, boolean]>([
  ["paths", { paths: {} }, true],
  ["a finding", { results: [{ check_id: "a" }] }, true],
  ["a version alone", { version: "1" }, true],
  ["nothing else", {}, true],
  ["other fields", { other: 1 }, false],
  ["a finding, and other fields", { results: [{ check_id: "a" }], other: 1 }, true],
  ["a finding whose rule is none, and other fields", { results: [{ check_id: "" }], other: 1 }, false],
  ["paths, and other fields", { paths: {}, other: 1 }, true],
  ["a list of paths, and other fields", { paths: [], other: 1 }, false],
  ["a finding of another tool, and other fields", { results: [{ id: "a" }], other: 1 }, false],
])("lists of results and errors with %s are Semgrep's: %s", (_, more, isOwn) => {
  const read = () => scanReport({ results: [], errors: [], ...more }).format;
  expect(formatOf(read)).toBe(isOwn ? "semgrep" : "scan-report-unknown");
});

/** Format of a report, or the code of the error. */
function formatOf(read: () => string): string {
  try {
    return read();
  } catch (error) {
    return error instanceof DouaneError ? error.code : "";
  }
}
