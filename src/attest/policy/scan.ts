import { type Fields, objectAt, textAt, textsAt } from "../../json/fields.ts";
import type { Statement } from "../in-toto/signed-statement.ts";
import { SCAN_EXTENSION, TEST_RESULT_TYPE } from "../predicates/scan-result.ts";
import { type Ignored, ignored } from "./ignored.ts";
import { gitUri } from "./slsa-provenance.ts";
import { statedValue } from "./stated-value.ts";

/** Result of a scan, as stated. */
export interface StatedScan {
  readonly kind: string;
  readonly tool: string;
  readonly commit?: string;
  /** Source and commit that the attesting job states; the report names no commit. */
  readonly job?: { readonly source: string; readonly commit: string };
  readonly finishedOn?: string;
  /** Open findings that are injections; absent if the statement does not count them. */
  readonly injections?: number;
  /** Rules for injections that ran; absent if the report does not list its rules. */
  readonly injectionRules?: number;
  /** Fields that the job gave, not the report. */
  readonly asserted: readonly string[];
  /** Reason why the result is not a pass; absent if it is. */
  readonly failure?: Ignored;
}

/** Result of a scan; undefined for a statement of another type. */
export function statedScan({ predicateType, predicate }: Statement): StatedScan | undefined {
  if (predicateType !== TEST_RESULT_TYPE) return undefined;
  const scan = objectAt(predicate, SCAN_EXTENSION);
  const commit = textAt(scan, "commit");
  const job = objectAt(scan, "job");
  const [jobSource, jobCommit] = [textAt(job, "source"), textAt(job, "commit")];
  const finishedOn = textAt(scan, "finishedOn");
  const failure = failureOf(predicate, scan);
  return {
    kind: textAt(scan, "kind") ?? "unknown",
    tool: textAt(scan, "tool") ?? "?",
    ...(commit === undefined ? {} : { commit }),
    ...(jobSource === undefined || jobCommit === undefined
      ? {}
      : { job: { source: gitUri(jobSource).uri, commit: jobCommit } }),
    ...(finishedOn === undefined ? {} : { finishedOn }),
    ...countAt(scan, "injectionCount", "injections"),
    ...countAt(scan, "injectionRulesRun", "injectionRules"),
    asserted: textsAt(scan, "asserted"),
    ...(failure === undefined ? {} : { failure }),
  };
}

/**
 * A result passes only if every field says so. Checked in this order: reasons of incompleteness, the verdict,
 * the standard's own field, and the counts.
 */
function failureOf(predicate: Fields, scan: Fields): Ignored | undefined {
  const [result, verdict] = [textAt(predicate, "result"), textAt(scan, "verdict")];
  const reasons = textsAt(scan, "incompleteBecause");
  if (verdict === "incomplete" || reasons.length > 0) return incomplete(reasons);
  const counts = objectAt(scan, "counts");
  const grave = GRAVE.some((level) => counts[level] !== 0);
  if (verdict === "fail") return FAILED;
  if (result === "FAILED") return verdict === undefined ? FAILED : CONTRADICTORY;
  if (verdict === undefined) return UNREADABLE;
  if (verdict === "pass" ? result !== "PASSED" : result !== "WARNED") return CONTRADICTORY;
  return grave ? CONTRADICTORY : undefined;
}

/** Severities that prevent a pass if a finding is open. */
const GRAVE = ["critical", "high", "unknown"] as const;

function countAt<K extends string>(scan: Fields, key: string, name: K): { readonly [N in K]?: number } {
  const value = scan[key];
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0) return {};
  return { [name]: value } as { readonly [N in K]?: number };
}

function incomplete(reasons: readonly string[]): Ignored {
  const named = reasons.slice(0, 3).map(statedValue).join(", ");
  const why = named === "" ? "" : ` (${named})`;
  return ignored("scan-incomplete", {
    fr: `l'analyse est incomplète${why}`,
    en: `the scan is incomplete${why}`,
  });
}

const FAILED = ignored("scan-failed", {
  fr: "l'analyse a échoué : il reste des constats graves",
  en: "the scan failed: severe findings are open",
});
const CONTRADICTORY = ignored("scan-contradictory", {
  fr: "la déclaration se contredit : son résultat, son verdict et ses décomptes diffèrent",
  en: "the statement contradicts itself: its result, its verdict and its counts differ",
});
const UNREADABLE = ignored("scan-unreadable", {
  fr: "le résultat n'a pas les champs que douane attest écrit : rien ne dit ce qui a été analysé",
  en: "the result lacks the fields that douane attest writes: nothing says what was scanned",
});
