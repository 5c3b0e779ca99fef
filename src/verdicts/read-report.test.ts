import { expect, test } from "vitest";
import { ADMITTED, IMAGE_ALONE, REFUSED, UNPROVEN } from "../../test/fixtures/verdicts.ts";
import { type ReadReport, readReport } from "./read-report.ts";
import type { ReportDocument } from "./report-schema.ts";
import { verdictDocument } from "./write-verdict.ts";

/** A field that is renamed on one side only does not compile. */
function asRead(written: ReportDocument): ReadReport {
  return written;
}

test("what was written is read, whatever a later version adds", () => {
  const written = {
    schema: "douane/report/v1" as const,
    contract: "2026",
    douane: "0.1.0",
    verdicts: [REFUSED, IMAGE_ALONE, UNPROVEN, ADMITTED].map(verdictDocument),
    errors: [],
    skipped: [],
  };
  const later = { ...written, isLater: true };
  const read = readReport(JSON.stringify(later));
  expect(read).toMatchObject({ schema: "douane/report/v1" });
  expect(read?.verdicts.map(({ subject }) => subject.name)).toEqual(
    asRead(written).verdicts.map(({ subject }) => subject.name),
  );
  const fingerprints = (report: ReadReport | undefined) =>
    report?.verdicts.flatMap(({ rows }) =>
      rows.flatMap(({ findings }) => findings.map((one) => one.fingerprint)),
    );
  expect(fingerprints(read)).toEqual(fingerprints(asRead(written)));
});

test.each([
  "",
  "{",
  "null",
  "[]",
  '{"schema":"douane/evidence/v2","verdicts":[]}',
  '{"schema":"douane/report/v1"}',
])("%j is no report", (text) => {
  expect(readReport(text)).toBeUndefined();
});
