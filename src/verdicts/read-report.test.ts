import { expect, test } from "vitest";
import { ADMITTED, IMAGE_ALONE, PROBLEMS, REFUSED, UNPROVEN } from "../../test/fixtures/verdicts.ts";
import { WORKLOADS } from "../../test/fixtures/workload-verdicts.ts";
import type { Verdict } from "../contract/verdict.ts";
import { readReport } from "./read-report.ts";
import type { ReportDocument } from "./report-schema.ts";
import { reportEnd, reportHead, verdictDocument } from "./write-verdict.ts";

/** A verdict whose findings name vulnerabilities, and whose proofs end. */
const RATED: Verdict = {
  ...REFUSED,
  rows: REFUSED.rows.map((row) => ({
    ...row,
    proofs: row.proofs.map((one) => ({ ...one, until: "2026-06-30" })),
    findings: row.findings.map((one) => ({
      ...one,
      vulnerability: { id: "CVE-2026-1", level: "high" as const, isExploited: true as const },
    })),
  })),
};

const WRITTEN: ReportDocument = {
  ...reportHead("0.1.0"),
  verdicts: [REFUSED, RATED, IMAGE_ALONE, UNPROVEN, ADMITTED, ...WORKLOADS].map(verdictDocument),
  ...reportEnd({
    errors: PROBLEMS,
    skipped: PROBLEMS,
    leftOut: [{ by: "gitignore", count: 2, files: ["a.yaml"] }],
  }),
};

/** The same value with one member more in each object. */
function laterThan(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(laterThan);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, laterThan(member)] as const);
  return { ...Object.fromEntries(members), isLater: true };
}

test("findings name their vulnerability, and proofs their end", () => {
  const text = JSON.stringify(WRITTEN);
  expect(text).toContain('"vulnerability":{"id":"CVE-2026-1","level":"high","isExploited":true}');
  expect(text).toContain('"until":"2026-06-30"');
});

test("all that was written is read", () => {
  const text = JSON.stringify(WRITTEN);
  expect(readReport(text)).toEqual(JSON.parse(text));
});

test("members that a later version adds anywhere are left out", () => {
  const text = JSON.stringify(WRITTEN);
  expect(readReport(JSON.stringify(laterThan(JSON.parse(text))))).toEqual(JSON.parse(text));
});

test.each([
  "",
  "{",
  "null",
  "[]",
  '{"schema":"douane/evidence/v2","verdicts":[]}',
  '{"schema":"douane/report/v1"}',
  JSON.stringify({ ...WRITTEN, verdicts: [{ ...WRITTEN.verdicts[0], rows: [] }] }),
])("%j is no report", (text) => {
  expect(readReport(text)).toBeUndefined();
});
