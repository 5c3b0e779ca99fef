import { expect, test } from "vitest";
import { incomplete } from "../reports/format/incomplete.ts";
import type { ScanReport } from "../reports/scan-report.ts";
import { scanPredicate } from "./scan-result.ts";

const COUNTS = { critical: 0, high: 1, medium: 2, low: 3, info: 4, unknown: 5 };
const HEX = "ab".repeat(32);
const REPORT: ScanReport = {
  format: "sarif",
  kind: "sast",
  tool: "CodeQL",
  counts: COUNTS,
  injections: 6,
  suppressed: 7,
  verdict: "pass",
  incompleteBecause: [],
  asserted: [],
  assertedNeeded: ["target"],
  mediaType: "application/sarif+json",
  digest: `sha256:${HEX}`,
};
const SCAN = {
  format: "sarif",
  kind: "sast",
  tool: "CodeQL",
  counts: COUNTS,
  injectionCount: 6,
  suppressedCount: 7,
  verdict: "pass",
  incompleteBecause: [],
  asserted: [],
  report: { mediaType: "application/sarif+json", digest: { sha256: HEX } },
};

test("a scan is a test result with an extension, which leaves out what is not known", () => {
  expect(scanPredicate(REPORT)).toEqual({
    type: "https://in-toto.io/attestation/test-result/v0.1",
    content: { result: "PASSED", configuration: [], "urn:douane:scan:v1": SCAN },
  });
});

test("the job is named where the report names no commit", () => {
  const job = { source: "https://gitlab.example/team/portal", commit: "b".repeat(40) };
  const of = (report: ScanReport) => scanPredicate(report, job).content["urn:douane:scan:v1"];
  expect(of(REPORT)).toEqual({ ...SCAN, job });
  expect(of({ ...REPORT, commit: "a".repeat(40) })).toEqual({ ...SCAN, commit: "a".repeat(40) });
});

test("what the report and the job say is in the extension", () => {
  const stated = {
    toolVersion: "2.20.1",
    target: "src",
    commit: "a".repeat(40),
    rulesRun: 8,
    injectionRulesRun: 9,
  };
  const [startedAt, finishedAt] = ["2026-01-02T03:04:05Z", "2026-01-02T03:05:06Z"];
  const { content } = scanPredicate({ ...REPORT, ...stated, startedAt, finishedAt, asserted: ["target"] });
  expect(content["urn:douane:scan:v1"]).toEqual({
    ...SCAN,
    ...stated,
    startedOn: startedAt,
    finishedOn: finishedAt,
    asserted: ["target"],
  });
});

test.each([
  ["pass", "PASSED"],
  ["warn", "WARNED"],
  ["fail", "FAILED"],
  ["incomplete", "FAILED"],
] as const)("the verdict %s is the result %s, with the names of the reasons", (verdict, result) => {
  const incompleteBecause = [incomplete("no-files"), incomplete("scanner-errors", 3)];
  const { content } = scanPredicate({ ...REPORT, verdict, incompleteBecause });
  expect([content["result"], content["urn:douane:scan:v1"]]).toEqual([
    result,
    { ...SCAN, verdict, incompleteBecause: ["no-files", "scanner-errors"] },
  ]);
});
