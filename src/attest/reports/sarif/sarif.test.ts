import { describe, expect, test } from "vitest";
import { FINISHED, scanCounts, scanOutcome, scanReport } from "../../../../test/fixtures/scan-reading.ts";

const SQL = {
  id: "py/sql-injection",
  defaultConfiguration: { level: "error" },
  properties: { tags: ["security", "external/cwe/cwe-089"], "security-severity": "8.8" },
};
const MD5 = { id: "py/weak-hash", properties: { tags: ["external/cwe/cwe-327"] } };
const FOUND = { ruleId: "py/sql-injection", ruleIndex: 0, message: { text: "found" } };

/** A run of CodeQL that finished, with these changes. */
function run(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    tool: { driver: { name: "CodeQL", semanticVersion: "2.20.1", rules: [SQL, MD5] } },
    invocations: [{ executionSuccessful: true, endTimeUtc: "2026-01-02T03:04:05.678Z" }],
    results: [],
    ...changes,
  };
}

function log(...runs: readonly unknown[]): unknown {
  return { version: "2.1.0", runs };
}

function found(...results: readonly unknown[]): unknown {
  return log(run({ results }));
}

function invoked(invocation: object): unknown {
  return log(run({ invocations: [{ executionSuccessful: true, ...invocation }] }));
}

test("a run that finished without a finding passes, with its tool, date, commit and rules for injections", () => {
  const source = {
    repositoryUri: "https://git.example/app",
    revisionId: "0123456789abcdef0123456789abcdef01234567",
  };
  expect(scanReport(log(run({ versionControlProvenance: [source] })))).toMatchObject({
    format: "sarif",
    kind: "sast",
    tool: "CodeQL",
    toolVersion: "2.20.1",
    finishedAt: "2026-01-02T03:04:05Z",
    target: "https://git.example/app",
    commit: source.revisionId,
    rulesRun: 2,
    injectionRulesRun: 1,
    verdict: "pass",
    assertedNeeded: [],
    mediaType: "application/sarif+json",
  });
});

describe("incomplete is a failure, named", () => {
  test.each<[string, unknown, string]>([
    ["no run", log(), "incomplete: kind-unknown no-runs tool-unknown"],
    ["a run that failed", invoked({ executionSuccessful: false }), "incomplete: execution-failed"],
    [
      "the second of two runs failed",
      log(run(), run({ invocations: [{ executionSuccessful: false }] })),
      "incomplete: execution-failed",
    ],
    ["no invocation", log(run({ invocations: undefined })), "incomplete: completion-unknown"],
    ["an empty list of invocations", log(run({ invocations: [] })), "incomplete: completion-unknown"],
    ["an invocation that does not say", log(run({ invocations: [{}] })), "incomplete: completion-unknown"],
    [
      "success in words",
      log(run({ invocations: [{ executionSuccessful: "true" }] })),
      "incomplete: completion-unknown",
    ],
    [
      "an error while it ran",
      invoked({ toolExecutionNotifications: [{ level: "error" }] }),
      "incomplete: error-notifications",
    ],
    [
      "an error in its settings",
      invoked({ toolConfigurationNotifications: [{ level: "error" }] }),
      "incomplete: error-notifications",
    ],
    [
      "a warning while it ran",
      invoked({ toolExecutionNotifications: [{ level: "warning" }, {}, { level: "note" }] }),
      "pass",
    ],
    ["an exit code of findings", invoked({ exitCode: 1 }), "pass"],
    ["no list of results", log(run({ results: undefined })), "incomplete: no-results"],
    ["no rule and no result", log(run({ tool: { driver: { name: "X" } } })), "incomplete: no-rules"],
    [
      "rules that are all disabled",
      log(
        run({
          tool: { driver: { name: "X", rules: [{ id: "a", defaultConfiguration: { enabled: false } }] } },
        }),
      ),
      "incomplete: no-rules",
    ],
    [
      "results without described rules",
      log(run({ tool: { driver: { name: "X" } }, results: [{ ruleId: "a", level: "note" }] })),
      "warn",
    ],
    [
      "rules of an extension",
      log(run({ tool: { driver: { name: "X" }, extensions: [{ rules: [SQL] }] } })),
      "pass",
    ],
    [
      "a tool that lists only rules that found something",
      log(run({ tool: { driver: { name: "Flawfinder", rules: [] } } })),
      "pass",
    ],
    ["no artifact", log(run({ artifacts: [] })), "incomplete: no-files"],
    ["artifacts", log(run({ artifacts: [{}] })), "pass"],
    [
      "no line of code",
      log(run({ properties: { metrics: { _totals: { loc: 0 } } } })),
      "incomplete: no-files",
    ],
    ["lines of code", log(run({ properties: { metrics: { _totals: { loc: 7 } } } })), "pass"],
    [
      "results in another file",
      log(run({ externalPropertyFileReferences: { results: [{ location: { uri: "b.sarif" } }] } })),
      "incomplete: results-elsewhere",
    ],
    [
      "taxonomies in another file",
      log(run({ externalPropertyFileReferences: { taxonomies: [{}] } })),
      "pass",
    ],
    [
      "results outside of the runs",
      { version: "2.1.0", runs: [run()], inlineExternalProperties: [{ results: [FOUND] }] },
      "incomplete: results-elsewhere",
    ],
    [
      "properties outside of the runs",
      { version: "2.1.0", runs: [run()], inlineExternalProperties: [{ guid: "a" }] },
      "pass",
    ],
    ["a run that is none", log(run(), null), "incomplete: unreadable-findings"],
    ["a result that is none", found("a"), "incomplete: unreadable-findings"],
    ["a result without rule and message", found({ level: "error" }), "incomplete: unreadable-findings"],
    [
      "no tool's name",
      log(run({ tool: { driver: { rules: [SQL] } } })),
      "incomplete: kind-unknown tool-unknown",
    ],
    [
      "runs of tools of two kinds",
      log(run(), run({ tool: { driver: { name: "gitleaks", rules: [MD5] } } })),
      "incomplete: mixed-kinds",
    ],
    [
      "vulnerable packages",
      log(run({ tool: { driver: { name: "Trivy", rules: [MD5] } } })),
      "incomplete: other-kind",
    ],
    [
      "our own report of an image",
      log(run({ tool: { driver: { name: "douane", rules: [MD5] } } })),
      "incomplete: other-kind",
    ],
    ["a name that begins alike", log(run({ tool: { driver: { name: "Trivyal", rules: [MD5] } } })), "pass"],
    [
      "rules of style",
      log(
        run({
          tool: { driver: { name: "ESLint", rules: [{ id: "semi" }] } },
          results: [{ ruleId: "semi", level: "error" }],
        }),
      ),
      "incomplete: no-security-rules",
    ],
    [
      "ESLint's rules for weaknesses",
      log(
        run({
          tool: { driver: { name: "ESLint", rules: [{ id: "no-eval" }, { id: "semi" }] } },
          results: [{ ruleId: "semi", level: "error" }],
        }),
      ),
      "pass",
    ],
  ])("%s", (_, report, expected) => {
    expect(scanOutcome(report)).toBe(expected);
  });

  test("the job's exit code and target settle what a report without an invocation cannot say", () => {
    const silent = log(run({ invocations: undefined }));
    expect(scanReport(silent, FINISHED)).toMatchObject({ verdict: "pass", asserted: ["exitCode", "target"] });
    expect(scanOutcome(silent, { exitCode: 0 })).toBe("incomplete: completion-unknown");
    expect(scanOutcome(silent, { target: "src" })).toBe("incomplete: completion-unknown");
    expect(scanOutcome(silent, { ...FINISHED, exitCode: 1 })).toBe("incomplete: exit-code");
  });

  test("no word of the job settles a failure that the report states", () => {
    expect(scanOutcome(invoked({ executionSuccessful: false }), { ...FINISHED, rules: "all" })).toBe(
      "incomplete: execution-failed",
    );
  });
});

describe("a dynamic scan", () => {
  const scan = (name: string, ...ids: readonly string[]) =>
    log(
      run({
        tool: { driver: { name, rules: [{ id: "10038" }] } },
        results: ids.map((ruleId) => ({ ruleId, level: "note" })),
      }),
    );
  test.each<[string, unknown, object, string]>([
    ["passive findings", scan("ZAP", "10038"), {}, "incomplete: passive-scan"],
    ["passive findings, and the job's word", scan("ZAP", "10038"), { activeScan: true }, "warn"],
    ["a finding of an attack", scan("ZAP", "10038", "40018"), {}, "warn"],
    ["no finding", scan("ZAP"), { activeScan: true }, "incomplete: no-urls"],
    [
      "no finding, and the job's words",
      scan("ZAP"),
      { activeScan: true, target: "https://a.example" },
      "pass",
    ],
    ["Nuclei, which only attacks", scan("nuclei", "a"), {}, "warn"],
  ])("%s", (_, report, asserted, expected) => {
    expect(scanOutcome(report, asserted)).toBe(expected);
  });
});

describe("a result's severity", () => {
  const rule = (changes: object) =>
    log(
      run({ tool: { driver: { name: "X", rules: [{ id: "a", ...changes }] } }, results: [{ ruleId: "a" }] }),
    );
  test.each<[string, unknown, string]>([
    ["the rule's score", found(FOUND), "high 1"],
    ["a score of 9", rule({ properties: { "security-severity": "9.0" } }), "critical 1"],
    ["a number for a score", rule({ properties: { "security-severity": 4 } }), "medium 1"],
    ["the least score", rule({ properties: { "security-severity": "0.1" } }), "low 1"],
    ["a score of 0", rule({ properties: { "security-severity": "0.0" } }), "info 1"],
    ["a word for a score", rule({ properties: { "security-severity": "CRITICAL" } }), "critical 1"],
    [
      "a score that is none",
      rule({ properties: { "security-severity": "-1" }, defaultConfiguration: { level: "note" } }),
      "low 1",
    ],
    ["a score beyond 10", rule({ properties: { "security-severity": 1e300 } }), "medium 1"],
    [
      "the result's score before its rule's",
      found({ ...FOUND, properties: { "security-severity": "9.9" } }),
      "critical 1",
    ],
    ["the score before the level", found({ ...FOUND, level: "note" }), "high 1"],
    ["the result's level", rule({}), "medium 1"],
    ["the rule's level", rule({ defaultConfiguration: { level: "error" } }), "high 1"],
    ["an unknown level", found({ message: { text: "a" }, level: "fatal" }), "unknown 1"],
    ["level none", found({ message: { text: "a" }, level: "none" }), "info 1"],
    [
      "a secret without a level",
      log(run({ tool: { driver: { name: "gitleaks", rules: [{ id: "a" }] } }, results: [{ ruleId: "a" }] })),
      "high 1",
    ],
    [
      "a rule below its rule's id",
      found({ ruleId: "py/sql-injection", message: { text: "a" } }, { rule: { id: "py/sql-injection/1" } }),
      "high 1, medium 1",
    ],
    ["an index that contradicts the id", found({ ruleId: "py/weak-hash", ruleIndex: 0 }), "medium 1"],
    [
      "the rule of an extension",
      log(
        run({
          tool: { driver: { name: "CodeQL", rules: [MD5] }, extensions: [{ rules: [SQL] }] },
          results: [{ rule: { index: 0, toolComponent: { index: 0 } }, message: { text: "a" } }],
        }),
      ),
      "high 1",
    ],
  ])("%s", (_, report, expected) => {
    expect(scanCounts(report)).toBe(expected);
  });
});

describe("a result that is no open finding", () => {
  test.each<[string, object, string, number]>([
    ["suppressed in the code", { suppressions: [{ kind: "inSource" }] }, "", 1],
    ["suppressed and accepted", { suppressions: [{ kind: "external", status: "accepted" }] }, "", 1],
    [
      "suppression under review",
      { suppressions: [{ kind: "external", status: "underReview" }] },
      "high 1",
      0,
    ],
    [
      "one suppression rejected",
      { suppressions: [{ kind: "inSource" }, { status: "rejected" }] },
      "high 1",
      0,
    ],
    ["no suppression", { suppressions: [] }, "high 1", 0],
    ["a suppression that is none", { suppressions: [null, { kind: "inSource" }] }, "high 1", 0],
    ["gone since the run before", { baselineState: "absent" }, "", 0],
    ["there since the run before", { baselineState: "unchanged" }, "high 1", 0],
    ["a rule that passed", { kind: "pass" }, "", 0],
    ["not applicable", { kind: "notApplicable" }, "", 0],
    ["to be reviewed", { kind: "review" }, "info 1", 0],
    ["undecided", { kind: "open" }, "info 1", 0],
  ])("%s", (_, changes, counts, suppressed) => {
    const report = found({ ...FOUND, ...changes });
    expect([scanCounts(report), scanReport(report).suppressed]).toEqual([counts, suppressed]);
  });
});

describe("an injection is recognised by its weakness", () => {
  const of = (rule: object, result: object = {}) =>
    log(
      run({
        tool: { driver: { name: "X", rules: [{ id: "a", ...rule }] } },
        results: [{ ruleId: "a", ...result }],
      }),
    );
  test.each<[string, unknown, number]>([
    ["CodeQL's tag", found(FOUND), 1],
    ["another weakness's tag", found({ ruleId: "py/weak-hash" }), 0],
    ["Semgrep's tag", of({ properties: { tags: ["CWE-79: Cross-site Scripting"] } }), 1],
    ["a number that begins alike", of({ properties: { tags: ["CWE-790: Filtering"] } }), 0],
    ["the properties", of({ properties: { cwe: ["CWE-94"] } }), 1],
    ["the page of its help", of({ helpUri: "https://cwe.mitre.org/data/definitions/78.html" }), 1],
    [
      "a relationship",
      of({ relationships: [{ target: { id: "CWE-77", toolComponent: { name: "CWE" } } }] }),
      1,
    ],
    [
      "a relationship of another taxonomy",
      of({ relationships: [{ target: { id: "77", toolComponent: { name: "OWASP" } } }] }),
      0,
    ],
    ["a taxon of the result", of({}, { taxa: [{ id: "917", toolComponent: { name: "CWE" } }] }), 1],
    ["the result's properties", of({}, { properties: { cwe: "CWE-1336: Template Engine" } }), 1],
    ["a suppressed one", found({ ...FOUND, suppressions: [{ kind: "inSource" }] }), 0],
  ])("%s", (_, report, expected) => {
    expect(scanReport(report).injections).toBe(expected);
  });
});

test("runs of one tool are one report, with the last end and the count of all", () => {
  const later = run({
    invocations: [{ executionSuccessful: true, endTimeUtc: "2026-01-02T04:00:00Z" }],
    results: [FOUND],
  });
  expect(scanReport(log(later, run({ results: [FOUND] })))).toMatchObject({
    tool: "CodeQL",
    toolVersion: "2.20.1",
    finishedAt: "2026-01-02T04:00:00Z",
    counts: { high: 2 },
    verdict: "fail",
  });
});
