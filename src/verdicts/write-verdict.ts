import type { AcceptanceUse } from "../contract/acceptance-use.ts";
import { CONTRACT } from "../contract/edition.ts";
import type { Finding, FoundVulnerability, Place } from "../contract/finding.ts";
import type { ObjectLocation } from "../contract/object-location.ts";
import type { ProblemSubject, SourceProblem } from "../contract/source-problem.ts";
import type { Text } from "../contract/text.ts";
import type { Acceptance, RowVerdict, Subject, TriedContainer, Verdict } from "../contract/verdict.ts";
import type { ReportDocument, VerdictDocument } from "./report-schema.ts";

type RowDocument = VerdictDocument["rows"][number];

// Functions write keys one by one, since the order of keys is part of the format, and later fields of a
// verdict must not leak into the document. JSON omits undefined values.

/** First members of a report: its kind, and the contract and version with which it was judged. */
export function reportHead(version: string): Pick<ReportDocument, "schema" | "contract" | "douane"> {
  return { schema: "douane/report/v1", contract: CONTRACT, douane: version };
}

/** Members after the verdicts: sources without a verdict, and the effect of the policy's acceptances. */
export function reportEnd({
  errors,
  skipped,
  leftOut = [],
  acceptances = [],
}: BesideVerdicts): Omit<ReportDocument, "schema" | "contract" | "douane" | "verdicts"> {
  return {
    errors: errors.map(sourceDocument),
    skipped: skipped.map(sourceDocument),
    ...(leftOut.length === 0
      ? {}
      : { leftOut: leftOut.map(({ by, count, files }) => ({ by, count, files: [...files] })) }),
    ...(acceptances.length === 0 ? {} : { acceptedFindings: acceptances.map(acceptanceUseDocument) }),
  };
}

/** Sources without a verdict, files that were left out, and acceptances. */
export interface BesideVerdicts {
  readonly errors: readonly SourceProblem[];
  readonly skipped: readonly SourceProblem[];
  readonly leftOut?: readonly {
    readonly by: NonNullable<ReportDocument["leftOut"]>[number]["by"];
    readonly count: number;
    readonly files: readonly string[];
  }[];
  readonly acceptances?: readonly AcceptanceUse[];
}

/** A verdict as a document, with its proofs, findings and reasons in all languages. */
export function verdictDocument({
  subject,
  admitted,
  rows,
  evidence = [],
  trials = [],
}: Verdict): VerdictDocument {
  return {
    subject: subjectDocument(subject),
    admitted,
    evidence: evidence.map(({ kind, container, origin }) => ({ kind, container, origin })),
    ...failedStarts(trials),
    rows: rows.map(rowDocument),
  };
}

/** The effect of an acceptance. */
function acceptanceUseDocument({
  acceptance: accepted,
  state,
  daysLeft,
}: AcceptanceUse): NonNullable<ReportDocument["acceptedFindings"]>[number] {
  return { ...acceptance(accepted), state, daysLeft };
}

/** Entry of the report's `errors` for a source that could not be read, or was left out. */
function sourceDocument({ about, message }: SourceProblem): ReportDocument["errors"][number] {
  return { ...sourceName(about), message: text(message) };
}

function subjectDocument({ name, team, images, workload }: Subject): VerdictDocument["subject"] {
  return {
    name,
    team,
    images: images.map(({ container, reference, source, digest, imageId, platform }) => ({
      container,
      reference,
      source,
      digest,
      imageId,
      platform,
    })),
    workload: workload && {
      ...declaredIn(workload.at),
      kind: workload.kind,
      namespace: workload.namespace,
      name: workload.name,
      environment: workload.environment,
    },
  };
}

function declaredIn(at: ObjectLocation) {
  return at.in === "file"
    ? { file: at.file, line: at.line }
    : { in: "api" as const, uid: at.uid, resourceVersion: at.resourceVersion };
}

function failedStarts(trials: readonly TriedContainer[]): Pick<VerdictDocument, "failedStarts"> {
  const failed = trials.flatMap(({ container, failedStart }) => {
    if (failedStart === undefined) return [];
    const { phase, reason, settle, lines } = failedStart;
    return [{ container, phase, reason: text(reason), settle: text(settle), lines: [...lines] }];
  });
  return failed.length === 0 ? {} : { failedStarts: failed };
}

function rowDocument(row: RowVerdict): RowDocument {
  return {
    id: row.id,
    category: row.category,
    answer: row.answer,
    proofs: row.proofs.map(({ rule, message, container, until }) => ({
      rule,
      message: text(message),
      container,
      until,
    })),
    findings: row.findings.map(({ rule, remedy, presumed, ...finding }) => ({
      rule,
      message: text(finding.message),
      remedy: text(remedy),
      presumed,
      ...stand(finding),
    })),
    notes: row.notes.map(({ rule, presumed, accepted, ...note }) => ({
      rule,
      message: text(note.message),
      remedy: note.remedy && text(note.remedy),
      presumed,
      accepted: accepted && acceptance(accepted),
      ...stand(note),
    })),
    doubts: row.doubts.map(({ rule, reason, settle, container }) => ({
      rule,
      reason: text(reason),
      settle: settle && text(settle),
      container,
    })),
    missing: row.missing.map(({ evidence, command }) => ({ evidence, command })),
    because: row.because && [...row.because],
  };
}

function stand({ fingerprint, container, at, vulnerability }: Finding) {
  return {
    fingerprint,
    container,
    at: at && place(at),
    vulnerability: vulnerability && vulnerabilityDocument(vulnerability),
  };
}

function vulnerabilityDocument({ id, level, isExploited, isMalware }: FoundVulnerability) {
  return { id, level, isExploited, isMalware };
}

function place({ file, line, column, path, layer, uid }: Place) {
  return { file, line, column, path, layer, uid };
}

function acceptance({ fingerprint, repository, digest, workload, reason, author, expires }: Acceptance) {
  return {
    fingerprint,
    repository,
    digest,
    workload: workload && { namespace: workload.namespace, kind: workload.kind, name: workload.name },
    reason,
    author,
    expires,
  };
}

function sourceName(about: ProblemSubject) {
  if (about.kind === "image") return { image: about.reference };
  if (about.kind === "file") return { file: about.file, line: about.line };
  const { name, at } = about;
  return at.in === "file"
    ? { workload: name, file: at.file, line: at.line }
    : { workload: name, uid: at.uid };
}

function text({ fr, en }: Text) {
  return { fr, en };
}
