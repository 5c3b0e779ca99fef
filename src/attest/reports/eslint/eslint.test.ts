import { describe, expect, test } from "vitest";
import { FINISHED, scanCounts, scanOutcome, scanReport } from "../../../../test/fixtures/scan-reading.ts";

type Message = Readonly<Record<string, unknown>>;

const EVAL: Message = {
  ruleId: "security/detect-eval-with-expression",
  severity: 2,
  message: "eval",
  line: 1,
};
const STYLE: Message = { ruleId: "semi", severity: 2, message: "Missing semicolon.", line: 1 };

function file(messages: readonly unknown[], suppressedMessages: readonly unknown[] = []): unknown {
  return {
    filePath: "/src/a.js",
    messages,
    suppressedMessages,
    errorCount: messages.filter((one) => (one as Message | undefined)?.["severity"] !== 1).length,
    fatalErrorCount: 0,
    warningCount: messages.filter((one) => (one as Message | undefined)?.["severity"] === 1).length,
  };
}

describe("the verdict", () => {
  test.each<[string, unknown, string, string]>([
    ["a rule for weaknesses that found something", [file([EVAL])], "fail", "high 1"],
    ["as a warning", [file([{ ...EVAL, severity: 1 }])], "warn", "medium 1"],
    ["beside rules of style", [file([STYLE]), file([EVAL, STYLE])], "fail", "high 1"],
    ["only suppressed in the code", [file([], [EVAL])], "pass", ""],
    ["only rules of style", [file([STYLE])], "incomplete: no-security-rules", ""],
    ["no message at all", [file([])], "incomplete: no-security-rules", ""],
    ["style suppressed in the code", [file([], [STYLE])], "incomplete: no-security-rules", ""],
    ["a rule of ESLint itself", [file([{ ...EVAL, ruleId: "no-eval" }])], "fail", "high 1"],
    [
      "a plugin with a like name",
      [file([{ ...EVAL, ruleId: "security2/a" }])],
      "incomplete: no-security-rules",
      "",
    ],
    [
      "a name of the prototype",
      [file([{ ...EVAL, ruleId: "constructor" }])],
      "incomplete: no-security-rules",
      "",
    ],
    [
      "a file that does not parse",
      [file([EVAL]), file([{ ruleId: null, fatal: true, severity: 2, message: "Parsing error" }])],
      "incomplete: scanner-errors",
      "high 1",
    ],
    [
      "an error without a rule",
      [file([EVAL, { ruleId: null, severity: 2, message: "a" }])],
      "incomplete: scanner-errors",
      "high 1",
    ],
    [
      "a directive without use",
      [file([EVAL, { ruleId: null, severity: 1, message: "Unused eslint-disable directive" }])],
      "fail",
      "high 1",
    ],
    ["a severity that is none", [file([{ ...EVAL, severity: "2" }])], "fail", "unknown 1"],
    ["an entry that is none", [file([EVAL]), "a"], "incomplete: unreadable-findings", "high 1, unknown 1"],
    ["a message that is none", [file([EVAL, 7])], "incomplete: unreadable-findings", "high 1, unknown 1"],
    [
      "the form with metadata",
      { results: [file([EVAL])], metadata: { cwd: "/src", rulesMeta: {} } },
      "fail",
      "high 1",
    ],
    [
      "the form with metadata, without a file",
      { results: [], metadata: { cwd: "/src" } },
      "incomplete: no-files no-security-rules",
      "",
    ],
  ])("%s", (_, value, expected, counts) => {
    expect([scanOutcome(value), scanCounts(value)]).toEqual([expected, counts]);
  });

  test("the job names the rule set of a scan without a finding", () => {
    expect(scanReport([file([STYLE])], { rules: "eslint-plugin-security 4.1.0" })).toMatchObject({
      verdict: "pass",
      asserted: ["rules"],
      assertedNeeded: ["finishedAt", "target", "toolVersion"],
    });
    expect(scanOutcome([file([STYLE])], { rules: "" })).toBe("incomplete: no-security-rules");
  });

  test("an exit code of findings is no failure, that of a crash is", () => {
    expect(scanOutcome([file([EVAL])], { ...FINISHED, exitCode: 1 })).toBe("fail");
    expect(scanOutcome([file([], [EVAL])], { ...FINISHED, exitCode: 1 })).toBe("pass");
    expect(scanOutcome([file([EVAL])], { ...FINISHED, exitCode: 2 })).toBe("incomplete: exit-code");
  });
});

test.each([
  ["security/detect-child-process", 1],
  ["security/detect-unsafe-regex", 0],
  ["no-unsanitized/property", 1],
  ["no-new-func", 1],
  ["react/no-danger", 1],
])("%s is %i injections", (ruleId, injections) => {
  expect(scanReport([file([{ ...EVAL, ruleId }])]).injections).toBe(injections);
});
