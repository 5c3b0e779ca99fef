import { type Accepted, applyAcceptances } from "./acceptance.ts";
import type { AcceptancePlace } from "./acceptance-scope.ts";
import { admission, type EnforcedRows } from "./admission.ts";
import { CONTRACT } from "./edition.ts";
import { evaluate } from "./evaluate.ts";
import type { Collected, Kind } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import { judgeRow, type RuleResult } from "./judge-row.ts";
import { EVIDENCE_KINDS } from "./kinds.ts";
import { ROWS, type Row, type RowId } from "./rows.ts";
import type { AnyRule } from "./rule.ts";
import type { RowVerdict, Subject, Verdict } from "./verdict.ts";
import { worst } from "./worst.ts";

/** Rows in the table's order, derived rows last. */
const DERIVED_LAST: readonly Row[] = [...ROWS].sort(
  (a, b) => Number(a.derivedFrom !== undefined) - Number(b.derivedFrom !== undefined),
);

/** Evidence of one container of the subject; an image alone is one container without a name. */
export interface ContainerEvidence {
  readonly container?: string;
  readonly collected: Collected;
  /** Rows to judge for the container; absent for all. */
  readonly rows?: ReadonlySet<RowId>;
}

export interface JudgeOptions {
  readonly rules: readonly AnyRule[];
  readonly accepted: Accepted;
  /** Future rows that are binding, too. */
  readonly enforceFuture?: EnforcedRows;
  /** Evidence of the subject as a whole, shared by its containers. */
  readonly shared?: Collected;
}

/**
 * Verdict on one subject: for every row, the worst answer of its containers. A subject without containers is
 * judged by the shared evidence.
 */
export function judge(
  subject: Subject,
  containers: readonly ContainerEvidence[],
  options: JudgeOptions,
): Verdict {
  const { shared = {} } = options;
  const { ofSubject: common, ofContainer } = byScope(options.rules);
  const ofSubject = results(common, shared, options, {
    placeOf: ({ container }) => placeIn(containers, container, shared),
  });
  const each = containers.length === 0 ? [{ collected: {} }] : containers;
  const perContainer = each.map((one) => judgeContainer(one, ofContainer, ofSubject, options));
  const rows = ROWS.map((row) => merge(row, perContainer));
  return { subject, contract: CONTRACT, admitted: admission(rows, options.enforceFuture ?? false), rows };
}

interface ByScope {
  readonly ofSubject: readonly AnyRule[];
  readonly ofContainer: readonly AnyRule[];
}

/** Rules by scope, cached, since the same rules judge many subjects. */
const SCOPES = new WeakMap<readonly AnyRule[], ByScope>();

function byScope(rules: readonly AnyRule[]): ByScope {
  const known = SCOPES.get(rules);
  if (known !== undefined) return known;
  const parts = {
    ofSubject: rules.filter(isOfSubject),
    ofContainer: rules.filter((rule) => !isOfSubject(rule)),
  };
  SCOPES.set(rules, parts);
  return parts;
}

/** Whether the rule reads only evidence of the subject as a whole, and so runs once. */
function isOfSubject({ needs, uses = [] }: AnyRule): boolean {
  const isShared = (kind: Kind): boolean => EVIDENCE_KINDS[kind].scope === "subject";
  return needs.every(isShared) && uses.every(isShared);
}

function judgeContainer(
  { container, collected, rows }: ContainerEvidence,
  rules: readonly AnyRule[],
  ofSubject: readonly RuleResult[],
  options: JudgeOptions,
): ReadonlyMap<RowId, RowVerdict> {
  const known = { ...options.shared, ...collected };
  const own = container === undefined ? {} : { container };
  const bearing = byRow([...ofSubject, ...results(rules, known, options, { ...own, placeOf: () => known })]);
  const verdicts = new Map<RowId, RowVerdict>();
  for (const row of DERIVED_LAST) {
    if (rows?.has(row.id) === false) {
      verdicts.set(row.id, notAsked(row));
      continue;
    }
    verdicts.set(
      row.id,
      judgeRow(row, bearing.get(row.id) ?? [], {
        collected: known,
        earlier: verdicts,
      }),
    );
  }
  return verdicts;
}

function notAsked({ id, category }: Row): RowVerdict {
  return { id, category, answer: "n/a", proofs: [], findings: [], notes: [], doubts: [], missing: [] };
}

/** Results by the rows that they concern, in order. */
function byRow(results: readonly RuleResult[]): ReadonlyMap<RowId, readonly RuleResult[]> {
  const rows = new Map<RowId, RuleResult[]>();
  for (const result of results) {
    for (const id of result.rule.rows) {
      const bearing = rows.get(id);
      if (bearing === undefined) rows.set(id, [result]);
      else bearing.push(result);
    }
  }
  return rows;
}

/**
 * Place of a finding. A finding about a container concerns its image, too; a finding about the pod concerns
 * only the workload.
 */
function placeIn(
  containers: readonly ContainerEvidence[],
  name: string | undefined,
  shared: Collected,
): AcceptancePlace {
  const named = name === undefined ? [] : containers.filter(({ container }) => container === name);
  // Two containers with the same name, which Kubernetes refuses: the image is ambiguous.
  return named.length === 1 ? { ...shared, ...named[0]?.collected } : shared;
}

/** Results with their container. */
interface ResultsOf {
  readonly container?: string;
  readonly placeOf: (finding: Finding) => AcceptancePlace;
}

function results(
  rules: readonly AnyRule[],
  collected: Collected,
  { accepted }: JudgeOptions,
  { container, placeOf }: ResultsOf,
): readonly RuleResult[] {
  const of = container === undefined ? {} : { container };
  return evaluate(rules, collected).map((evaluation) => {
    const applied = applyAcceptances(evaluation, accepted, placeOf);
    const { rule, outcome } = applied.evaluation;
    return { rule, outcome, accepted: applied.accepted, ...of };
  });
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
    proofs: unique(
      verdicts.flatMap((verdict) => verdict.proofs),
      ({ rule, container, message }) => `${container} ${rule} ${message.en}`,
    ),
    findings: unique(
      verdicts.flatMap((verdict) => verdict.findings),
      (finding) => `${finding.container} ${finding.fingerprint}`,
    ),
    notes: unique(
      verdicts.flatMap((verdict) => verdict.notes),
      (note) => `${note.container} ${note.fingerprint}`,
    ),
    doubts: unique(
      verdicts.flatMap((verdict) => verdict.doubts),
      ({ rule, container, reason }) => `${container} ${rule} ${reason.en}`,
    ),
    missing: unique(
      verdicts.flatMap((verdict) => verdict.missing),
      (missing) => missing.evidence,
    ),
    ...(because.length > 0 ? { because } : {}),
  };
}

/** Items with distinct keys. What concerns the whole subject is the same object for each of its containers. */
function unique<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  if (items.length < 2) return items;
  const keys = new Map<T, string>();
  const found = new Map<string, T>();
  for (const item of items) {
    const known = keys.get(item) ?? key(item);
    keys.set(item, known);
    found.set(known, item);
  }
  return [...found.values()];
}
