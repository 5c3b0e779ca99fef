import type { Digest } from "../../contract/image-facts.ts";
import type { Incomplete } from "./format/incomplete.ts";
import type { AssertedField, ScanKind } from "./format/scan-format.ts";
import type { Counts } from "./format/tally.ts";

/** A scan report in the shape that all formats share. */
export interface ScanReport {
  /** Format of the file: `sarif`, `gitlab`. */
  readonly format: string;
  readonly kind: ScanKind | "unknown";
  /** Name of the tool; "unknown" if neither the report nor the job names it. */
  readonly tool: string;
  readonly toolVersion?: string;
  /** RFC 3339, UTC. */
  readonly startedAt?: string;
  readonly finishedAt?: string;
  /** Scanned target, as the report or the job names it. */
  readonly target?: string;
  /** Commit of the scanned sources, if the report names one. */
  readonly commit?: string;
  /**
   * Number of rules that ran, and number of those for injections; absent if the report does not list its
   * rules.
   */
  readonly rulesRun?: number;
  readonly injectionRulesRun?: number;
  /** Open findings by severity. */
  readonly counts: Counts;
  /** Open findings that are injections, see format/cwe.ts. */
  readonly injections: number;
  /** Findings that a person dismissed: accepted, false positive, ignored in the code. */
  readonly suppressed: number;
  /**
   * `incomplete` outranks the others: an incomplete report proves nothing. `fail`: an open finding of
   * severity critical, high or unknown, or the tool's own gate. `warn`: an open finding of severity medium or
   * low.
   */
  readonly verdict: "pass" | "warn" | "fail" | "incomplete";
  readonly incompleteBecause: readonly Incomplete[];
  /** Fields that come from the job and not from the report. */
  readonly asserted: readonly AssertedField[];
  /** Fields that neither the report nor the job gives. */
  readonly assertedNeeded: readonly AssertedField[];
  /** Media type and digest of the attached report, which is masked. */
  readonly mediaType: string;
  readonly digest: Digest;
}
