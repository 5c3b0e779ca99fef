import { type Accepted, applyAcceptances } from "./acceptance.ts";
import { admission } from "./admission.ts";
import { evaluate } from "./evaluate.ts";
import type { Collected } from "./evidence.ts";
import { judgeRow, type RuleResult } from "./judge-row.ts";
import { CONTRACT, ROWS, type Row, type RowId } from "./rows.ts";
import type { AnyRule } from "./rule.ts";
import type { RowVerdict, Subject, Verdict } from "./verdict.ts";
import { worst } from "./worst.ts";

/** Derived rows come after the rows that they are derived from, whatever the table's order. */
const DERIVED_LAST: readonly Row[] = [...ROWS].sort(
  (a, b) => Number(a.derivedFrom !== undefined) - Number(b.derivedFrom !== undefined),
);

/** The evidence of one container of the subject; a single image is one container without a name. */
export interface ContainerEvidence {
  readonly container?: string;
  readonly collected: Collected;
}

export interface JudgeOptions {
  readonly rules: readonly AnyRule[];
  readonly accepted: Accepted;
  /** Makes the future rows binding, too. */
  readonly enforceFuture?: boolean;
}

/** The verdict on one subject: for every row, the worst of its containers' answers. */
export function judge(
  subject: Subject,
  containers: readonly ContainerEvidence[],
  options: JudgeOptions,
): Verdict {
  const perContainer = containers.map((container) => judgeContainer(container, options));
  const rows = ROWS.map((row) => merge(row, perContainer));
  return { subject, contract: CONTRACT, admitted: admission(rows, options.enforceFuture ?? false), rows };
}

function judgeContainer(
  { container, collected }: ContainerEvidence,
  { rules, accepted }: JudgeOptions,
): ReadonlyMap<RowId, RowVerdict> {
  const results: RuleResult[] = evaluate(rules, collected).map((evaluation) => {
    const applied = applyAcceptances(evaluation, accepted);
    return { ...applied.evaluation, accepted: applied.accepted };
  });
  const verdicts = new Map<RowId, RowVerdict>();
  for (const row of DERIVED_LAST) {
    verdicts.set(row.id, judgeRow(row, results, collected, verdicts, container));
  }
  return verdicts;
}

function merge(row: Row, perContainer: readonly ReadonlyMap<RowId, RowVerdict>[]): RowVerdict {
  const verdicts = perContainer.map((rows) => rows.get(row.id)).filter((verdict) => verdict !== undefined);
  const [only] = verdicts;
  if (verdicts.length === 1 && only !== undefined) return only;
  const answer = worst(verdicts.map((verdict) => verdict.answer));
  const because = unique(
    verdicts.filter((verdict) => verdict.answer === answer).flatMap((verdict) => verdict.because ?? []),
    String,
  );
  return {
    id: row.id,
    category: row.category,
    answer,
    proofs: verdicts.flatMap((verdict) => verdict.proofs),
    findings: unique(
      verdicts.flatMap((verdict) => verdict.findings),
      (finding) => `${finding.container} ${finding.fingerprint}`,
    ),
    notes: unique(
      verdicts.flatMap((verdict) => verdict.notes),
      (note) => `${note.container} ${note.fingerprint}`,
    ),
    doubts: verdicts.flatMap((verdict) => verdict.doubts),
    missing: unique(
      verdicts.flatMap((verdict) => verdict.missing),
      (missing) => missing.evidence,
    ),
    ...(because.length > 0 ? { because } : {}),
  };
}

function unique<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
