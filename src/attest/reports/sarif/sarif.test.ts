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

test("a commit that one of two runs names is the report's", () => {
  const source = [{ repositoryUri: "https://git.example/app", revisionId: "a".repeat(40) }, {}];
  const both = scanReport(log(run({ versionControlProvenance: source }), run()));
  expect([both.commit, both.target]).toEqual(["a".repeat(40), "https://git.example/app"]);
});

test("a rule that an invocation enables or disables counts as such, by index or id", () => {
  const overridden = (enabled: unknown, descriptor: object) =>
    scanReport(invoked({ ruleConfigurationOverrides: [{ configuration: { enabled }, descriptor }] }));
  expect(overridden(false, { index: 0 })).toMatchObject({ rulesRun: 1, injectionRulesRun: 0 });
  expect(overridden(false, { id: "py/sql-injection" })).toMatchObject({ rulesRun: 1, injectionRulesRun: 0 });
  expect(overridden(true, { index: 0 })).toMatchObject({ rulesRun: 2, injectionRulesRun: 1 });
  expect(overridden("false", { index: 0 })).toMatchObject({ rulesRun: 2 });
  expect(overridden(false, { id: "unknown" })).toMatchObject({ rulesRun: 2 });
  const off = { ...SQL, defaultConfiguration: { enabled: false } };
  const enabling = { configuration: { enabled: true }, descriptor: { index: 0 } };
  const enabled = log(
    run({
      tool: { driver: { name: "CodeQL", rules: [off] } },
      invocations: [{ executionSuccessful: true, ruleConfigurationOverrides: [enabling] }],
    }),
  );
  expect(scanReport(enabled)).toMatchObject({ rulesRun: 1, injectionRulesRun: 1 });
});

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
    ["a run that a signal ended", invoked({ exitSignalName: "SIGKILL" }), "incomplete: execution-failed"],
    [
      "a run that a signal ended, by number",
      invoked({ exitSignalNumber: 9 }),
      "incomplete: execution-failed",
    ],
    [
      "a tool that did not start",
      invoked({ processStartFailureMessage: "" }),
      "incomplete: execution-failed",
    ],
    [
      "a conversion that failed",
      log(run({ conversion: { invocation: { executionSuccessful: false } } })),
      "incomplete: execution-failed",
    ],
    [
      "a conversion that worked",
      log(run({ conversion: { invocation: { executionSuccessful: true } } })),
      "pass",
    ],
    [
      "two commits of one run",
      log(run({ versionControlProvenance: [{ revisionId: "a" }, { revisionId: "b" }] })),
      "incomplete: mixed-targets",
    ],
    [
      "two commits of two runs",
      log(
        run({ versionControlProvenance: [{ revisionId: "a" }] }),
        run({ versionControlProvenance: [{ revisionId: "b" }] }),
      ),
      "incomplete: mixed-targets",
    ],
    [
      "every rule disabled by an invocation",
      invoked({
        ruleConfigurationOverrides: [
          { configuration: { enabled: false }, descriptor: { id: "py/sql-injection" } },
          { configuration: { enabled: false }, descriptor: { index: 1 } },
        ],
      }),
      "incomplete: no-rules",
    ],
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

test.each([
  ["10", "critical"],
  ["9.0", "critical"],
  ["8.9", "high"],
  ["7.0", "high"],
  ["6.9", "medium"],
  ["4.0", "medium"],
  ["3.9", "low"],
  ["0.1", "low"],
  ["0", "info"],
  [9.0, "critical"],
  [6.99, "medium"],
  ["10.1", "medium"],
  [-0.1, "medium"],
  ["9.12345", "medium"],
  ["x9.0", "medium"],
  ["high", "high"],
])("a score of %j is %s", (score, severity) => {
  const rule = { id: "a", properties: { "security-severity": score } };
  const tool = { driver: { name: "X", rules: [rule] } };
  expect(scanCounts(log(run({ tool, results: [{ ruleId: "a" }] })))).toBe(`${severity} 1`);
});

test.each([
  ["pass", ""],
  ["notApplicable", ""],
  ["informational", ""],
  ["open", "info 1"],
  ["review", "info 1"],
  ["fail", "high 1"],
  ["other", "high 1"],
  [undefined, "high 1"],
])("a result of the kind %s counts as %j", (kind, counts) => {
  expect(scanCounts(found({ ...FOUND, kind }))).toBe(counts);
});

test.each([
  ["a rule", { ruleId: "a" }, "medium 1"],
  ["a rule by reference", { rule: { id: "a" } }, "medium 1"],
  ["a message", { message: { text: "a" } }, "medium 1"],
  ["an empty message", { message: {} }, "unknown 1"],
  ["an empty rule", { ruleId: "" }, "unknown 1"],
])("a result with %s counts as %s", (_, result, counts) => {
  expect(scanCounts(found(result))).toBe(counts);
});

test.each([
  ["the second rule by its index", { ruleIndex: 1, ruleId: "py/weak-hash" }, "medium 1"],
  ["a rule by its index alone", { ruleIndex: 0, message: { text: "a" } }, "high 1"],
  ["a rule by its reference's index", { rule: { index: 0 }, message: { text: "a" } }, "high 1"],
  ["a rule below another, by index", { ruleIndex: 0, ruleId: "py/sql-injection/1" }, "high 1"],
  ["a rule with a longer name", { ruleIndex: 0, ruleId: "py/sql-injection2" }, "medium 1"],
  ["an index that leads nowhere", { ruleIndex: 7, ruleId: "py/sql-injection" }, "high 1"],
  ["an index that is a text", { ruleIndex: "0", message: { text: "a" } }, "medium 1"],
  [
    "the reference's id before the result's",
    { rule: { id: "py/weak-hash" }, ruleId: "py/sql-injection" },
    "medium 1",
  ],
])("%s", (_, result, counts) => {
  expect(scanCounts(found(result))).toBe(counts);
});

test("rules of two extensions are told apart by index", () => {
  const of = (extension: number, index: number) => ({
    rule: { index, toolComponent: { index: extension } },
    message: { text: "a" },
  });
  const tool = {
    driver: { name: "CodeQL", rules: [MD5] },
    extensions: [{ rules: [MD5] }, { rules: [MD5, SQL] }],
  };
  expect(scanCounts(log(run({ tool, results: [of(0, 0), of(1, 0), of(1, 1), of(7, 0)] })))).toBe(
    "high 1, medium 3",
  );
});

test.each(["bandit", "Bandit", "flawfinder", " Flawfinder "])(
  "%s lists the rules that found something alone",
  (name) => {
    const outcome = (tool: string) => scanOutcome(log(run({ tool: { driver: { name: tool } } })));
    expect([outcome(name), outcome(`x${name}`)]).toEqual(["pass", "incomplete: no-rules"]);
  },
);

test("several runs have all tools' names, and a version, target and commit that all share", () => {
  const of = (name: string, version: string, more: object = {}) =>
    run({ tool: { driver: { name, version, rules: [SQL] } }, ...more });
  const [one, other] = [of("A", "1"), of("B", "1")];
  expect(scanReport(log(one, other))).toMatchObject({ tool: "A, B", rulesRun: 2, injectionRulesRun: 2 });
  expect(scanReport(log(one, other))).not.toHaveProperty("toolVersion");
  expect(scanReport(log(one, one)).toolVersion).toBe("1");
  expect(scanReport(log(one, run({ tool: { driver: { rules: [SQL] } } }))).tool).toBe("A");
  expect(scanReport(log(one, of("A", "2")))).not.toHaveProperty("toolVersion");
  const at = (repositoryUri: string, revisionId: string) =>
    of("A", "1", { versionControlProvenance: [{ repositoryUri, revisionId }] });
  const both = scanReport(
    log(at("https://a.example", "a".repeat(40)), at("https://b.example", "b".repeat(40))),
  );
  expect([both.target, both.commit]).toEqual([undefined, undefined]);
  const same = scanReport(
    log(at("https://a.example", "a".repeat(7)), at("https://a.example", "a".repeat(7))),
  );
  expect([same.target, same.commit]).toEqual(["https://a.example", "a".repeat(7)]);
});

test.each([
  ["a".repeat(6), false],
  ["a".repeat(7), true],
  ["a".repeat(64), true],
  ["a".repeat(65), false],
  ["g".repeat(40), false],
])("the revision %s is a commit: %s", (revisionId, isCommit) => {
  const { commit } = scanReport(log(run({ versionControlProvenance: [{ revisionId }] })));
  expect(commit).toBe(isCommit ? revisionId : undefined);
});

test("the first start and the last end of all invocations count", () => {
  const at = (hour: number) => ({
    executionSuccessful: true,
    startTimeUtc: `2026-01-02T0${hour}:00:00Z`,
    endTimeUtc: `2026-01-02T0${hour}:30:00Z`,
  });
  expect(scanReport(log(run({ invocations: [at(3), at(2)] }), run({ invocations: [at(4)] })))).toMatchObject({
    startedAt: "2026-01-02T02:00:00Z",
    finishedAt: "2026-01-02T04:30:00Z",
  });
});

test.each([
  ["name and id", { id: "89", toolComponent: { name: "cwe" } }, 1],
  ["an id that names it", { id: "CWE-89" }, 1],
  ["another taxonomy", { id: "89", toolComponent: { name: "OWASP" } }, 0],
  ["no taxonomy", { id: "89" }, 0],
])("a relation with %s is an injection: %i", (_, target, injections) => {
  const rule = { id: "a", relationships: [{ target: { id: "1" } }, { target }] };
  const tool = { driver: { name: "X", rules: [rule] } };
  expect(scanReport(log(run({ tool, results: [{ ruleId: "a" }] }))).injections).toBe(injections);
});
