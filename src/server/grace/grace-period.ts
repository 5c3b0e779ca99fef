import { binds, type EnforcedRows } from "../../contract/admission.ts";
import { type GraceKind, type GraceSettings, graceDays } from "../../contract/grace-period.ts";
import { ROWS } from "../../contract/rows.ts";
import type { VerdictDocument } from "../../verdicts/report-schema.ts";
import type { GraceFinding, GracePeriod } from "../grace-store.ts";
import type { StoredVerdict } from "../ports.ts";

type RowDocument = VerdictDocument["rows"][number];
type FindingDocument = RowDocument["findings"][number];

/** Findings for which a grace period may begin. */
export type NewFinding = Pick<GraceFinding, "row" | "fingerprint" | "kind" | "about">;

/** Milliseconds by which clocks of two machines may differ: what is later than that was written by a wrong clock. */
const SKEW_MS = 5 * 60_000;

const VULNERABILITIES = "2.2-no-critical-vulnerabilities";
/** Rules that read the pod and its images alone, whose evidence the subject's digest fixes. */
const FIXED_RULE = /^1\.\d-(?!trial-)/;

/**
 * Findings that refuse a running subject by new data or rules alone: the earlier verdict did not refuse their row, or did
 * so within a grace period; it is by the same policy, and about the same images, each named by its digest; nothing that
 * was accepted, or excused by other evidence, is among them, nor malware.
 *
 * @param known grace period of the subject, if it has one
 * @param now milliseconds, as Date.now()
 */
export function newFindings(
  before: StoredVerdict,
  after: StoredVerdict,
  enforced: EnforcedRows,
  known: GracePeriod | undefined,
  now: number,
): readonly NewFinding[] {
  if (before.key.subject !== after.key.subject || before.key.policy !== after.key.policy) return [];
  if (imagesOf(before) === undefined || imagesOf(before) !== imagesOf(after)) return [];
  const rules = before.key.rules !== after.key.rules;
  const data = rules || before.key.data !== after.key.data;
  return after.verdict.rows.flatMap((row): readonly NewFinding[] => {
    const old = before.verdict.rows.find(({ id }) => id === row.id);
    if (row.answer !== "no" || old === undefined || !binds(row, enforced)) return [];
    if (!isOpen(old, known, now)) return [];
    const said = new Set([...old.findings, ...old.notes].map(({ fingerprint }) => fingerprint));
    return row.findings.flatMap((finding) => {
      const kind = kindOf(finding);
      const isDue = kind === "rule" ? rules : data;
      if (kind === undefined || !isDue) return [];
      if (said.has(finding.fingerprint) && !isOfOtherKind(finding, kind, known)) return [];
      const { fingerprint, rule, vulnerability } = finding;
      return [{ row: row.id, fingerprint, kind, about: vulnerability?.id ?? rule }];
    });
  });
}

/**
 * Time until which a grace period admits a pod with this verdict; undefined if it does not: something else refuses, or
 * is not known.
 */
export function graceUntil(
  stored: StoredVerdict,
  enforced: EnforcedRows,
  period: GracePeriod | undefined,
  settings: GraceSettings,
  now: number,
): string | undefined {
  const days = graceDays(settings);
  if (period === undefined || period.subject !== stored.key.subject) return undefined;
  // A clock that moved back would prolong a period that has ended.
  if (Date.parse(stored.judgedAt) > now + SKEW_MS) return undefined;
  const { rows } = stored.verdict;
  if (imagesOf(stored) === undefined || !ROWS.every(({ id }) => rows.some((row) => row.id === id)))
    return undefined;
  const refusing = rows.filter((row) => binds(row, enforced) && row.answer !== "yes" && row.answer !== "n/a");
  const ends: string[] = [];
  for (const { answer, findings, because = [] } of refusing) {
    if (answer !== "no" || (findings.length === 0 && because.length === 0)) return undefined;
    // A derived row is refused by other rows, which have to be covered themselves.
    if (!because.every((id) => refusing.some((row) => row.id === id))) return undefined;
    for (const finding of findings) {
      const covered = coveringOf(finding, period, now);
      if (covered === undefined || days[covered.kind] === 0) return undefined;
      ends.push(covered.until);
    }
  }
  return ends.toSorted()[0];
}

/** Whether a finding within a grace period has become a cause of another length: it is exploited now. */
function isOfOtherKind(
  { fingerprint }: FindingDocument,
  kind: GraceKind,
  known: GracePeriod | undefined,
): boolean {
  return known?.findings.some((one) => one.fingerprint === fingerprint && one.kind !== kind) === true;
}

/** Whether a row did not refuse, or refused within a grace period alone. */
function isOpen({ answer, findings }: RowDocument, known: GracePeriod | undefined, now: number): boolean {
  if (answer === "yes" || answer === "n/a") return true;
  if (answer !== "no" || known === undefined || findings.length === 0) return false;
  return findings.every((one) =>
    known.findings.some(
      ({ fingerprint, until }) => fingerprint === one.fingerprint && Date.parse(until) > now,
    ),
  );
}

function coveringOf(
  finding: FindingDocument,
  { findings }: GracePeriod,
  now: number,
): GraceFinding | undefined {
  const kind = kindOf(finding);
  if (kind === undefined) return undefined;
  return findings.find(
    ({ fingerprint, kind: of, began, until }) =>
      fingerprint === finding.fingerprint &&
      of === kind &&
      Date.parse(began) <= now + SKEW_MS &&
      Date.parse(until) > now,
  );
}

/** Kind of a finding; undefined for a finding that is refused at once. */
function kindOf({ rule, vulnerability }: FindingDocument): GraceKind | undefined {
  if (rule !== VULNERABILITIES) return FIXED_RULE.test(rule) ? "rule" : undefined;
  if (vulnerability === undefined || vulnerability.isMalware === true) return undefined;
  return vulnerability.isExploited === true ? "exploited" : "critical";
}

/** Manifests by container; undefined unless each image is named by its digest, and was read. */
function imagesOf({ images }: StoredVerdict): string | undefined {
  const isFixed =
    images.length > 0 && images.every(({ isPinned, digest }) => isPinned && digest !== undefined);
  return isFixed ? JSON.stringify(images.map(({ container, digest }) => [container, digest])) : undefined;
}
