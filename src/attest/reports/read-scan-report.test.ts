import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attachedText, FINISHED, scanReport } from "../../../test/fixtures/scan-reading.ts";
import { DouaneError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { readScanReport } from "./read-scan-report.ts";

const SARIF = {
  version: "2.1.0",
  runs: [
    {
      tool: { driver: { name: "X", rules: [{ id: "a" }] } },
      invocations: [{ executionSuccessful: true }],
      results: [],
    },
  ],
};
const GITLAB = { vulnerabilities: [], scan: { type: "sast", status: "success", scanner: { name: "X" } } };
const LEAK = { RuleID: "a", Secret: "x" };
const RESULT = { "template-id": "a", info: { severity: "low" } };
const ZAP = '<OWASPZAPReport version="2.17.0"/>';

/** Code of the refusal; undefined if the report was read. */
function refusal(report: string | Uint8Array): string | undefined {
  try {
    readScanReport(Buffer.from(report), "report.json");
    return undefined;
  } catch (error) {
    return error instanceof DouaneError ? error.code : String(error);
  }
}

const text = JSON.stringify(SARIF);

describe("a report that is not read", () => {
  test.each<[string, string | Uint8Array, string | undefined]>([
    ["no byte", "", "scan-report-empty"],
    ["only spaces", " \r\n\t\n", "scan-report-empty"],
    ["only a byte order mark", "\ufeff", "scan-report-empty"],
    ["a byte order mark, as Windows writes", `\ufeff${text}`, undefined],
    ["two byte order marks", `\ufeff\ufeff${text}`, "scan-report-invalid"],
    [
      "UTF-16 with its mark, as PowerShell writes",
      Buffer.from(`\ufeff${text}`, "utf16le"),
      "scan-report-encoding",
    ],
    ["UTF-16 without a mark", Buffer.from(text, "utf16le"), "scan-report-encoding"],
    ["Latin-1", Buffer.from('{"a":"é"}', "latin1"), "scan-report-encoding"],
    ["half a character", text.replace('"X"', String.raw`"\ud800"`), "scan-report-encoding"],
    ["a text", "no report", "scan-report-invalid"],
    ["NaN", text.replace("[]", "[NaN]"), "scan-report-invalid"],
    ["a comment", `/* a */${text}`, "scan-report-invalid"],
    ["JSON that is cut off", text.slice(0, -5), "scan-report-invalid"],
    [
      "lines of which the last is cut off",
      `${JSON.stringify(RESULT)}\n${JSON.stringify(RESULT).slice(0, -4)}`,
      "scan-report-invalid",
    ],
    ["lines that are no objects", "[]\n[]\n", "scan-report-invalid"],
    [
      "two documents in lines, of which one is a report",
      `${JSON.stringify(LEAK)}\n${JSON.stringify(LEAK)}`,
      "scan-report-unknown",
    ],
    ["a key twice", text.replace('"runs"', '"runs":[],"runs"'), "duplicate-key"],
    [
      "a key twice, once in escapes",
      text.replace('"runs"', String.raw`"\u0072uns":[],"runs"`),
      "duplicate-key",
    ],
    [
      "a key twice in one of two lines",
      `${JSON.stringify(RESULT)}\n{"template-id":"a","info":{},"info":{}}`,
      "duplicate-key",
    ],
    ["nesting", '{"runs":['.repeat(LIMITS.jsonDepth), "json-too-deep"],
    ["another object", '{"a":1}', "scan-report-unknown"],
    ["another list", "[1]", "scan-report-unknown"],
    ["a number", "7", "scan-report-unknown"],
    ["another version of SARIF", '{"version":"2.0.0","runs":[]}', "scan-report-unknown"],
    ["another document in XML", "<testsuite name='bandit'/>", "scan-report-unknown"],
    ["XML that is cut off", "<OWASPZAPReport>", "scan-report-invalid"],
    ["XML with an attribute twice", '<OWASPZAPReport version="1" version="2"/>', "scan-report-invalid"],
    ["XML in another encoding", `<?xml version="1.0" encoding="latin1"?>${ZAP}`, "scan-report-invalid"],
    [
      "entities that expand without bound",
      `<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>`,
      "scan-report-invalid",
    ],
    ["an entity of a file", `<!DOCTYPE a SYSTEM "file:///etc/passwd">${ZAP}`, "scan-report-invalid"],
    ["a marker of XML inside of JSON", '<{"runs":[]}', "scan-report-invalid"],
  ])("%s", (_, report, code) => {
    expect(refusal(report)).toBe(code);
  });

  test.each<[string, unknown]>([
    ["SARIF and GitLab", { ...SARIF, ...GITLAB }],
    ["SARIF and ZAP", { ...SARIF, "@programName": "ZAP", site: [] }],
    [
      "Semgrep and Bandit",
      {
        results: [],
        errors: [],
        paths: { scanned: ["a"] },
        generated_at: "a",
        metrics: { _totals: { loc: 1 } },
      },
    ],
    ["gitleaks and Nuclei", [LEAK, RESULT]],
    ["SonarQube and its generic format", { issues: [{ engineId: "a" }], paging: { total: 1 } }],
  ])("%s in one file", (_, report) => {
    expect(refusal(JSON.stringify(report))).toBe("scan-report-ambiguous");
  });

  test("too many bytes, or too many values, with the limit's name", () => {
    expect(() => readScanReport(new Uint8Array(LIMITS.scanReportBytes + 1), "a")).toThrow(
      "(limit scanReportBytes)",
    );
    const values = `[${JSON.stringify(LEAK)}${",1".repeat(LIMITS.scanReportValues)}]`;
    expect(() => readScanReport(Buffer.from(values), "a")).toThrow("(limit scanReportValues)");
  });

  test("the message names the file and quotes no secret of the report", () => {
    expect(() => readScanReport(Buffer.from("{"), "gl.json")).toThrow(/^gl\.json: /);
  });
});

test("the name of a file says nothing about its format", () => {
  expect(readScanReport(Buffer.from(ZAP), "report.sarif").report.format).toBe("zap");
});

test("a report is read alike in any order of keys", () => {
  const reversed = Object.fromEntries(Object.entries(GITLAB).toReversed());
  const { digest: _, ...report } = scanReport(GITLAB);
  expect(scanReport(reversed)).toMatchObject(report);
});

test("100,000 findings are counted", () => {
  expect(scanReport(Array.from({ length: 100_000 }, () => LEAK)).counts.high).toBe(100_000);
});

test("names in a report and from the job are cut, and what acts on a terminal is escaped", () => {
  const named = (name: string) => ({
    ...SARIF,
    runs: [{ ...SARIF.runs[0], tool: { driver: { name, rules: [{ id: "a" }] } } }],
  });
  expect(scanReport(named("a".repeat(5_000))).tool).toHaveLength(121);
  expect(scanReport(named("a\u001b[31m\u202e")).tool).toBe(String.raw`a\u001b[31m\u202e`);
  expect(scanReport(SARIF, { target: "\u0007" }).target).toBe(String.raw`\u0007`);
});

test("a commit that is none is left out", () => {
  const at = (revisionId: string) => ({
    ...SARIF,
    runs: [{ ...SARIF.runs[0], versionControlProvenance: [{ repositoryUri: "a", revisionId }] }],
  });
  expect(scanReport(at("0123456789ab")).commit).toBe("0123456789ab");
  expect(scanReport(at("main")).commit).toBeUndefined();
});

test("the job's word counts only where the report is silent", () => {
  const asserted = {
    tool: "x",
    toolVersion: "2",
    target: "src",
    finishedAt: "2026-01-02T03:04:05Z",
    exitCode: 0,
  };
  expect(scanReport(SARIF, asserted)).toMatchObject({
    tool: "X",
    toolVersion: "2",
    finishedAt: "2026-01-02T03:04:05Z",
    asserted: ["exitCode", "finishedAt", "target", "toolVersion"],
    assertedNeeded: [],
  });
  expect(scanReport(SARIF, { ...FINISHED, finishedAt: "yesterday" })).toMatchObject({
    asserted: ["exitCode", "target"],
    assertedNeeded: ["finishedAt", "toolVersion"],
  });
  expect(scanReport(SARIF, { tool: "Y" }).incompleteBecause[0]?.reason).toBe("tool-contradicted");
});

test("the digest is that of the text that is attached", async () => {
  const { createHash } = await import("node:crypto");
  const hex = createHash("sha256").update(attachedText(SARIF)).digest("hex");
  expect(scanReport(SARIF).digest).toBe(`sha256:${hex}`);
  expect(JSON.parse(attachedText(SARIF))).toEqual(SARIF);
});

const WORDS =
  "version runs tool driver name rules id results ruleId ruleIndex level properties tags message invocations executionSuccessful vulnerabilities scan scanner status type identifiers errors paths scanned skipped check_id extra severity metadata issues hotspots paging total task projectStatus engineId generated_at metrics _totals loc filePath messages RuleID Secret summary types filecontent filename filesize failure_list site alerts @programName pluginid riskcode instances insights key statistic template-id info location suppressions __proto__ constructor".split(
    " ",
  );
const VALUES = [
  "2.1.0",
  "success",
  "SUCCESS",
  "OK",
  "HIGH",
  "sast",
  "dast",
  "89",
  "CWE-89",
  "insight.code.2xx",
  "",
  0,
  -1,
  1e300,
  7,
  true,
  false,
  null,
];

test("no report ends in anything but a reading or a refusal, and none without a list of its own passes", () => {
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "medium", withCrossShrink: true },
      fc.constantFrom(...VALUES),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...WORDS), tie("value"), { maxKeys: 12 }),
    ),
  }));
  const reports = fc
    .tuple(fc.constantFrom({}, SARIF, GITLAB), value)
    .map(([base, more]) =>
      typeof more === "object" && more !== null && !Array.isArray(more) ? { ...base, ...more } : more,
    );
  fc.assert(
    fc.property(reports, (report) => {
      expect(refusal(JSON.stringify(report)) ?? "read").toMatch(/^(?:read|scan-report-[a-z]+)$/);
    }),
    { numRuns: 3_000 },
  );
});
