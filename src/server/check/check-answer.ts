import { binds, type EnforcedRows } from "../../contract/admission.ts";
import type { RowId } from "../../contract/rows.ts";
import type { Answer } from "../../contract/verdict.ts";
import type { VerdictAnswer } from "../admission/ports.ts";
import { isUnexamined } from "../admission/released.ts";
import type { DecisionCause } from "../ports.ts";

/** Answer of a check, as JSON. */
export interface CheckAnswer {
  readonly schema: "douane/check/v1";
  /**
   * Decision of the webhook on the pods. `refused`: for a finding; `unproven`: refused because something is not known;
   * `exempt`: pods of the namespace are let in without being judged.
   */
  readonly decision: "admitted" | "refused" | "unproven" | "exempt";
  /** State of the verdict: complete (`known`), or the rows are those of the manifest alone. Absent for `exempt`. */
  readonly verdict?: VerdictAnswer["kind"];
  /**
   * Last day (UTC, `YYYY-MM-DD`) on which the policy observes the pods: until then the webhook lets them in in spite of
   * the causes. Absent where it enforces.
   */
  readonly observedUntil?: string;
  /** Time of judging, ISO 8601; absent without rows. */
  readonly judgedAt?: string;
  /** The 18 rows; empty if the object could not be judged. */
  readonly rows: readonly { readonly id: RowId; readonly answer: Answer; readonly enforced: boolean }[];
  /** Causes against the pods, the same as the webhook's; at most MOST_CAUSES. */
  readonly causes: readonly DecisionCause[];
  /** Number of further causes. */
  readonly more: number;
  /** Warnings, which refuse nothing: about an observed namespace, about rows that only warn. */
  readonly warnings: readonly string[];
  readonly images: readonly {
    readonly container: string;
    readonly reference: string;
    readonly digest?: string;
  }[];
}

/** Maximum number of causes and of warnings in an answer. */
const MOST_CAUSES = 256;

export const EXEMPT: CheckAnswer = {
  schema: "douane/check/v1",
  decision: "exempt",
  rows: [],
  causes: [],
  more: 0,
  warnings: [],
  images: [],
};

/** @param enforced future rows that decide in the namespace */
export function checkAnswer(
  answer: VerdictAnswer,
  enforced: EnforcedRows,
  causes: readonly DecisionCause[],
  warnings: readonly string[],
  observedUntil?: string,
): CheckAnswer {
  const stored = answer.kind === "known" ? answer.stored : answer.soFar;
  const images = stored?.images ?? [];
  return {
    ...EXEMPT,
    decision: decisionOf(causes),
    verdict: answer.kind,
    ...(observedUntil === undefined ? {} : { observedUntil }),
    ...(stored === undefined ? {} : { judgedAt: stored.judgedAt }),
    rows: (stored?.verdict.rows ?? []).map((row) => ({
      id: row.id,
      answer: row.answer,
      enforced: binds(row, enforced),
    })),
    causes: causes.slice(0, MOST_CAUSES),
    more: Math.max(0, causes.length - MOST_CAUSES),
    warnings: warnings.slice(0, MOST_CAUSES),
    images: images.map(({ container, reference, digest }) => ({
      container,
      reference,
      ...(digest === undefined ? {} : { digest }),
    })),
  };
}

function decisionOf(causes: readonly DecisionCause[]): CheckAnswer["decision"] {
  if (causes.length === 0) return "admitted";
  return causes.every(isUnexamined) ? "unproven" : "refused";
}
