import type { EnforcedRows } from "../../contract/admission.ts";
import { GRACE_DEFAULTS, type GraceSettings, graceDays } from "../../contract/grace-period.ts";
import type { GraceFinding, GracePeriod, GraceStore } from "../grace-store.ts";
import type { RunningSubject, StoredVerdict } from "../ports.ts";
import { newFindings } from "./grace-period.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Hours by which an end is put off at most, where too many end in one hour. */
const MOST_HOURS = 72;

/** A grace period, with the findings for which it has just begun. */
export interface BegunGrace {
  readonly period: GracePeriod;
  readonly begun: readonly GraceFinding[];
}

/**
 * Begins the grace period of a running subject that new data or rules refuse; undefined if it has none. An end is never
 * put off by a finding that goes and comes again.
 *
 * @param enforced rows that decide in the namespace
 * @param now milliseconds, as Date.now()
 * @throws as GraceStore
 */
export async function beginGrace(
  { subject, namespace, workloads }: RunningSubject,
  {
    before,
    after,
    enforced,
  }: Readonly<Record<"before" | "after", StoredVerdict>> & { readonly enforced: EnforcedRows },
  settings: GraceSettings,
  store: GraceStore,
  now: number,
): Promise<BegunGrace | undefined> {
  const known = await store.gracePeriod(namespace, subject.digest);
  const days = graceDays(settings);
  const fresh = newFindings(before, after, enforced, known, now).filter(({ kind }) => days[kind] > 0);
  if (fresh.length === 0) return undefined;
  const own = { namespace, subject: subject.digest };
  const refusing = new Set(
    after.verdict.rows.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint)),
  );
  const earliest = now + Math.min(...fresh.map(({ kind }) => days[kind])) * DAY_MS;
  // A finding that newer data withdrew ends nothing.
  const isSooner = known?.findings.some(
    ({ fingerprint, until }) => refusing.has(fingerprint) && Date.parse(until) <= earliest,
  );
  const first = isSooner === true ? earliest : await freeHour(earliest, own, settings, store);
  const old = new Map(known?.findings.map((one) => [one.fingerprint, one]));
  const begun = fresh.map((one): GraceFinding => {
    const end = Math.max(first, now + days[one.kind] * DAY_MS);
    const earlier = old.get(one.fingerprint);
    const until = earlier === undefined ? end : Math.min(end, Date.parse(earlier.until));
    const began = earlier?.began ?? new Date(now).toISOString();
    return { ...one, began, until: new Date(until).toISOString() };
  });
  for (const one of begun) old.set(one.fingerprint, one);
  const findings = [...old.values()];
  const period = {
    ...own,
    until: firstEnd(
      findings.filter(({ fingerprint }) => refusing.has(fingerprint)),
      now,
    ),
    workloads: workloads.map(({ kind, name }) => `${kind}/${name}`),
    findings,
  };
  await store.keepGracePeriod(period);
  return { period, begun };
}

function firstEnd(findings: readonly GraceFinding[], now: number): string {
  return findings.map(({ until }) => until).toSorted()[0] ?? new Date(now).toISOString();
}

/** First time, in steps of an hour, in whose hour fewer subjects end than the policy lets. */
async function freeHour(
  time: number,
  own: Pick<GracePeriod, "namespace" | "subject">,
  { endingPerHour = GRACE_DEFAULTS.endingPerHour }: GraceSettings,
  store: GraceStore,
): Promise<number> {
  const hourOf = (ms: number) => Math.floor(ms / HOUR_MS);
  const from = new Date(hourOf(time) * HOUR_MS);
  const to = new Date((hourOf(time) + MOST_HOURS) * HOUR_MS);
  const counts = await store.endsByHour(from, to, own);
  for (let hours = 0; hours < MOST_HOURS; hours++) {
    if ((counts.get(hourOf(time) + hours) ?? 0) < endingPerHour) return time + hours * HOUR_MS;
  }
  return time + MOST_HOURS * HOUR_MS;
}
