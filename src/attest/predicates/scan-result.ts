// Result of a scan: https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md. No
// vetted predicate for security scans exists; further fields are in an extension of douane.

import type { Fields } from "../../json/fields.ts";
import type { Predicate } from "../in-toto/write-statement.ts";
import type { ScanReport } from "../reports/scan-report.ts";
import type { AssertedJob } from "./asserted-slsa-provenance.ts";

export const TEST_RESULT_TYPE = "https://in-toto.io/attestation/test-result/v0.1";
/** Name of the extension's field. */
export const SCAN_EXTENSION = "urn:douane:scan:v1";

const RESULTS = { pass: "PASSED", warn: "WARNED", fail: "FAILED", incomplete: "FAILED" } as const;

/**
 * Predicate about a scan. An incomplete report counts as failed, with the names of the reasons.
 *
 * @param job attesting job, stated if the report names no commit
 */
export function scanPredicate(report: ScanReport, job?: AssertedJob): Predicate {
  const { rulesRun, injectionRulesRun, verdict, incompleteBecause, mediaType, digest } = report;
  const { format, kind, tool, toolVersion, startedAt, finishedAt, target, commit } = report;
  const { counts, injections, suppressed, asserted } = report;
  const fields: Fields = {
    format,
    kind,
    tool,
    toolVersion,
    startedOn: startedAt,
    finishedOn: finishedAt,
    target,
    commit,
    job: commit === undefined && job !== undefined ? { ...job } : undefined,
    rulesRun,
    injectionRulesRun,
    counts,
    injectionCount: injections,
    suppressedCount: suppressed,
    verdict,
    incompleteBecause: incompleteBecause.map(({ reason }) => reason),
    // Fields that only the job states: no scanner confirms them.
    asserted,
    report: { mediaType, digest: { sha256: digest.slice("sha256:".length) } },
  };
  const scan = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return {
    type: TEST_RESULT_TYPE,
    content: { result: RESULTS[verdict], configuration: [], [SCAN_EXTENSION]: scan },
  };
}
