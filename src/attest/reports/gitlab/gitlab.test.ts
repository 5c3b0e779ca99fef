import { describe, expect, test } from "vitest";
import { FINISHED, scanCounts, scanOutcome, scanReport } from "../../../../test/fixtures/scan-reading.ts";
import { DouaneError } from "../../../contract/error.ts";

const SCAN = {
  scanner: { id: "semgrep", name: "Semgrep", version: "1.30.0" },
  analyzer: { id: "semgrep", name: "Semgrep analyzer", version: "4.0.0" },
  type: "sast",
  start_time: "2026-01-02T03:04:05",
  end_time: "2026-01-02T03:05:06",
  status: "success",
};
const FOUND = {
  id: "a",
  severity: "High",
  location: { file: "a.js" },
  identifiers: [{ type: "cwe", name: "CWE-89", value: "89" }],
};

function report(scan: Record<string, unknown> = {}, vulnerabilities: readonly unknown[] = []): unknown {
  return { version: "15.0.7", vulnerabilities, scan: { ...SCAN, ...scan } };
}

const DAST = {
  type: "dast",
  scanned_resources: [{ method: "GET", url: "https://app.example/a", type: "url" }],
};
const FULL = { ...DAST, options: [{ name: "DAST_FULL_SCAN_ENABLED", value: true }] };

test("a successful scan without a finding passes, with its scanner, UTC dates and no target", () => {
  expect(scanReport(report({ primary_identifiers: [{ type: "semgrep_id", value: "a" }] }))).toMatchObject({
    format: "gitlab",
    kind: "sast",
    tool: "Semgrep",
    toolVersion: "1.30.0",
    startedAt: "2026-01-02T03:04:05Z",
    finishedAt: "2026-01-02T03:05:06Z",
    rulesRun: 1,
    verdict: "pass",
    assertedNeeded: ["target"],
  });
});

describe("incomplete is a failure, named", () => {
  test.each<[string, unknown, string]>([
    ["a scan that failed", report({ status: "failure" }), "incomplete: scan-status"],
    ["a status in capitals", report({ status: "Success" }), "incomplete: scan-status"],
    ["no status", report({ status: undefined }), "incomplete: completion-unknown"],
    ["a fatal message", report({ messages: [{ level: "fatal", value: "a" }] }), "incomplete: scanner-errors"],
    [
      "a warning",
      report({
        messages: [
          { level: "warn", value: "a" },
          { level: "info", value: "b" },
        ],
      }),
      "pass",
    ],
    [
      "no scan",
      { version: "14.0.0", vulnerabilities: [] },
      "incomplete: completion-unknown kind-unknown tool-unknown",
    ],
    [
      "no scan, but a category",
      { version: "14.0.0", vulnerabilities: [{ ...FOUND, category: "sast" }] },
      "incomplete: completion-unknown tool-unknown",
    ],
    [
      "no scan, and a file that a dependency scan could name, too",
      { version: "14.0.0", vulnerabilities: [FOUND] },
      "incomplete: completion-unknown kind-unknown tool-unknown",
    ],
    ["dependencies", report({ type: "dependency_scanning" }), "incomplete: other-kind"],
    ["an image", report({ type: "container_scanning" }), "incomplete: other-kind"],
    ["a type of the prototype", report({ type: "constructor" }), "incomplete: other-kind"],
    ["secrets", report({ type: "secret_detection" }), "pass"],
    ["an entry that is none", report({}, ["a"]), "incomplete: unreadable-findings"],
    ["a finding without identifiers", report({}, [{ severity: "Low" }]), "incomplete: unreadable-findings"],
    [
      "DAST of a resource without an address",
      report({ ...FULL, scanned_resources: [{}] }),
      "incomplete: no-urls",
    ],
    [
      "DAST of an empty page",
      report({ ...FULL, scanned_resources: [{ url: "about:blank" }] }),
      "incomplete: no-urls",
    ],
    ["DAST without a URL", report({ ...FULL, scanned_resources: [] }), "incomplete: no-urls"],
    [
      "DAST that does not list its URLs",
      report({ ...FULL, scanned_resources: undefined }),
      "incomplete: no-urls",
    ],
    ["passive DAST", report(DAST), "incomplete: passive-scan"],
    [
      "DAST whose full scan is off",
      report({ ...DAST, options: [{ name: "DAST_FULL_SCAN_ENABLED", value: false }] }),
      "incomplete: passive-scan",
    ],
    ["DAST whose full scan is on", report(FULL), "pass"],
    [
      "DAST with an attack's alert",
      report(DAST, [{ severity: "Low", identifiers: [{ type: "ZAProxy_PluginId", value: "40018" }] }]),
      "warn",
    ],
    [
      "DAST with a passive alert",
      report(DAST, [{ severity: "Low", identifiers: [{ type: "ZAProxy_PluginId", value: "10021" }] }]),
      "incomplete: passive-scan",
    ],
    ["fuzzing", report({ ...DAST, type: "api_fuzzing" }), "pass"],
  ])("%s", (_, value, expected) => {
    expect(scanOutcome(value)).toBe(expected);
  });

  test("the job settles what a report without a scan cannot say, and no more", () => {
    const old = { version: "2.3", vulnerabilities: [] };
    expect(scanReport(old, { ...FINISHED, kind: "sast", tool: "SpotBugs" })).toMatchObject({
      verdict: "pass",
      asserted: ["exitCode", "kind", "target", "tool"],
    });
    expect(scanOutcome(old, FINISHED)).toBe("incomplete: kind-unknown tool-unknown");
    expect(scanOutcome(report({ status: "failure" }), FINISHED)).toBe("incomplete: scan-status");
    expect(scanOutcome(report({ type: "dependency_scanning" }), { kind: "sast" })).toBe(
      "incomplete: other-kind",
    );
    expect(scanOutcome(report(), { kind: "dast" })).toBe("incomplete: tool-contradicted");
    expect(scanOutcome(report(DAST), { activeScan: true })).toBe("pass");
  });
});

test.each<[unknown, string, string]>([
  ["Critical", "critical 1", "fail"],
  ["High", "high 1", "fail"],
  ["Medium", "medium 1", "warn"],
  ["Low", "low 1", "warn"],
  ["Info", "info 1", "pass"],
  ["Unknown", "unknown 1", "fail"],
  ["Severe", "unknown 1", "fail"],
  [3, "unknown 1", "fail"],
])("severity %j counts as %s and makes %s", (severity, counts, verdict) => {
  const value = report({}, [{ ...FOUND, severity }]);
  expect([scanCounts(value), scanReport(value).verdict]).toEqual([counts, verdict]);
});

test.each<[object, number]>([
  [{ type: "cwe", name: "CWE-79", value: 79 }, 1],
  [{ type: "CWE", name: "a", value: "943" }, 1],
  [{ type: "cwe", name: "CWE-943", value: "node_nosqli_injection" }, 1],
  [{ type: "cwe", name: "CWE-327", value: "327" }, 0],
  [{ type: "semgrep_id", name: "CWE-79", value: "79" }, 0],
])("the identifier %j is %i injections", (identifier, injections) => {
  expect(scanReport(report({}, [{ ...FOUND, identifiers: [identifier] }])).injections).toBe(injections);
});

test("a DAST report's target is the one origin of its URLs", () => {
  const urls = (...all: readonly string[]) =>
    report({ ...FULL, scanned_resources: all.map((url) => ({ url })) });
  expect(scanReport(urls("https://app.example/a", "https://app.example/b?c")).target).toBe(
    "https://app.example",
  );
  expect(scanReport(urls("https://app.example/a", "https://other.example/")).target).toBeUndefined();
  expect(scanReport(urls("https://u:p@app.example/a")).target).toBe("https://app.example");
});

test.each([
  ["sast", "sast"],
  ["dast", "dast"],
  ["api_fuzzing", "dast"],
  ["secret_detection", "secrets"],
  ["container_scanning", "unknown"],
  ["coverage_fuzzing", "unknown"],
])("a scan of the type %s is %s, as a category of findings, too", (type, kind) => {
  expect(scanReport(report({ ...FULL, type })).kind).toBe(kind);
  const old = (...categories: readonly (string | undefined)[]) =>
    scanReport({
      version: "14.0.0",
      vulnerabilities: categories.map((category) => ({ ...FOUND, category })),
    }).kind;
  expect([old(type), old(type, type), old(type, "other"), old(type, undefined)]).toEqual([
    kind,
    kind,
    "unknown",
    "unknown",
  ]);
});

test.each([
  ["a host in each finding", [{ hostname: "https://a.example" }, { hostname: "https://b.example" }], "dast"],
  ["a host in one of two", [{ hostname: "https://a.example" }, { file: "a.js" }], "unknown"],
  ["no finding", [], "unknown"],
])("a report without a scan, with %s, is of %s", (_, locations, kind) => {
  const vulnerabilities = locations.map((location) => ({ ...FOUND, location }));
  expect(scanReport({ version: "14.0.0", vulnerabilities }).kind).toBe(kind);
});

test.each<[Record<string, unknown>, string, string | undefined]>([
  [{}, "Semgrep", "1.30.0"],
  [{ scanner: undefined }, "Semgrep analyzer", "4.0.0"],
  [{ scanner: { version: "1" } }, "Semgrep analyzer", "4.0.0"],
  [{ scanner: { name: "S" } }, "S", undefined],
  [{ scanner: undefined, analyzer: undefined }, "unknown", undefined],
])("of a scan with %j the tool is %s %s", (scan, tool, toolVersion) => {
  const found = scanReport(report(scan));
  expect([found.tool, found.toolVersion]).toEqual([tool, toolVersion]);
});

test.each<[string, object, boolean]>([
  ["a scan", { scan: {} }, true],
  ["a version of three parts", { version: "15.0.7" }, true],
  ["a version of two parts", { version: "2.3" }, true],
  ["a version that is another's", { version: "2" }, false],
  ["findings with identifiers", { vulnerabilities: [{ identifiers: [] }, { identifiers: [] }] }, true],
  ["one finding without identifiers", { vulnerabilities: [{ identifiers: [] }, {}] }, false],
  ["nothing", {}, false],
])("a list of vulnerabilities with %s is GitLab's: %s", (_, more, isOwn) => {
  const read = () => scanReport({ vulnerabilities: [], ...more }).format;
  expect(formatOf(read)).toBe(isOwn ? "gitlab" : "scan-report-unknown");
});

/** Format of a report, or the code of the error. */
function formatOf(read: () => string): string {
  try {
    return read();
  } catch (error) {
    return error instanceof DouaneError ? error.code : "";
  }
}

test.each([
  ["true", "pass"],
  [true, "pass"],
  [false, "incomplete: passive-scan"],
  ["TRUE", "incomplete: passive-scan"],
])("a full scan that is %j gives %s", (value, expected) => {
  const options = [
    { name: "OTHER", value: true },
    { name: "DAST_FULL_SCAN_ENABLED", value },
  ];
  expect(scanOutcome(report({ ...DAST, options }))).toBe(expected);
  expect(scanOutcome(report({ ...DAST, options: options.slice(0, 1) }))).toBe("incomplete: passive-scan");
});

test.each([
  ["fatal", "incomplete: scanner-errors"],
  ["error", "incomplete: scanner-errors"],
  ["warn", "pass"],
  ["info", "pass"],
])("a message of the level %s: %s", (level, expected) => {
  expect(scanOutcome(report({ messages: [{ level: "debug" }, { level }] }))).toBe(expected);
});
