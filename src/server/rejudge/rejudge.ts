import { setTimeout as pause } from "node:timers/promises";
import type { EnforcedRows } from "../../contract/admission.ts";
import { ENDING_DAYS } from "../../contract/attestation-facts.ts";
import type { GraceSettings } from "../../contract/grace-period.ts";
import type { Lang } from "../../contract/text.ts";
import { beginGrace } from "../grace/begin-grace.ts";
import type { GraceStore } from "../grace-store.ts";
import { errorFields } from "../log.ts";
import type { JudgingDigests, RunningSubject, RunningSubjects, StoredVerdict } from "../ports.ts";
import {
  type Change,
  changesOf,
  endingAcceptances,
  endingProofs,
  firstChanges,
  graceChange,
  rowsInForce,
} from "./changes.ts";
import { type ReportPorts, reportChanges, reportComing } from "./report-changes.ts";

/** Ports of rejudgeRunning(). */
export interface RejudgePorts extends ReportPorts {
  readonly subjects: RunningSubjects;
  /** Digests of the current policy, rules and data. */
  digests(): JudgingDigests;
  /**
   * Verdict by the current documents that was made at a time (ISO 8601) or later, if necessary by an
   * examination; undefined if the subject could not be examined.
   */
  judgedSince(
    subject: RunningSubject["subject"],
    namespace: string,
    since: string,
  ): Promise<StoredVerdict | undefined>;
  /** Subjects whose verdict the current vulnerability data may change, which are judged before the others. */
  touched(): Promise<ReadonlySet<string>>;
  /** Number of waiting examinations of new pods. */
  waiting(): Promise<number>;
  /** Future rows that decide on admission on this day, `YYYY-MM-DD`. */
  enforced(day: string): EnforcedRows;
  /** Future rows that decide in a namespace on this day. */
  enforcedIn(namespace: string, day: string): EnforcedRows;
  /** Grace periods; absent where the policy has none. */
  readonly grace?: { readonly settings: GraceSettings; readonly store: GraceStore };
}

/** Times in milliseconds. */
export interface RejudgeTimes {
  /** Pause between two searches for outdated verdicts. */
  readonly lookMs: number;
  /** Pause before a subject that could not be judged is tried again. */
  readonly againMs: number;
  /** Pause between two looks at the queue of new pods. */
  readonly yieldMs: number;
}

const TIMES: RejudgeTimes = { lookMs: 10_000, againMs: 10 * 60_000, yieldMs: 1_000 };
/** Timeout of one judgement, in milliseconds. */
const JUDGE_MS = 15 * 60_000;
/**
 * Judges running subjects again until the signal ends it: each subject without a verdict of this day (UTC) by
 * the current documents, one at a time, and only while no new pod waits for an examination. A day changes
 * verdicts by itself: acceptances, support and the age of evidence end, and rows come into force. Reports
 * changes, whoever judged, and once a day coming ones. Never rejects.
 */
export async function rejudgeRunning(
  lang: Lang,
  ports: RejudgePorts,
  signal: AbortSignal,
  times: RejudgeTimes = TIMES,
): Promise<void> {
  const failed = new Map<string, number>();
  let reportedDay: string | undefined;
  const date = () => new Date(ports.now());
  const wait = (ms: number) => pause(ms, undefined, { signal }).catch(() => undefined);

  async function judgeOutdated(): Promise<void> {
    const since = `${dayOf(ports.now())}T00:00:00.000Z`;
    const outdated = await ports.subjects.outdated(ports.digests(), new Date(since), date());
    const due = outdated.filter((digest) => {
      const at = failed.get(digest);
      return at === undefined || Math.abs(ports.now() - at) >= times.againMs;
    });
    if (due.length === 0) return;
    const started = ports.now();
    const touched = await touchedOrNone();
    const [first, others] = [due.filter((one) => touched.has(one)), due.filter((one) => !touched.has(one))];
    const by = JSON.stringify(ports.digests());
    let changed = 0;
    let looked = started;
    /** Grace periods of pods that were examined first begin also while many wait. */
    const reportDue = async () => {
      if (Math.abs(ports.now() - looked) < times.lookMs) return;
      looked = ports.now();
      await reportOthers();
    };
    for (const digest of [...first, ...others]) {
      while ((await ports.waiting()) > 0 && !signal.aborted) {
        await wait(times.yieldMs);
        await reportDue();
      }
      // Newer data may change other verdicts first, so the order is computed again.
      if (signal.aborted || JSON.stringify(ports.digests()) !== by) return;
      await reportDue();
      const changes = await judgedAgain(digest, since);
      if (changes === undefined) failed.set(digest, ports.now());
      else failed.delete(digest);
      if (changes !== undefined && changes.length > 0) changed += 1;
    }
    const ms = ports.now() - started;
    ports.log("info", "judged again", {
      subjects: due.length,
      touched: first.length,
      changed,
      failed: failed.size,
      ms,
    });
  }

  /** Only the order depends on the index: without the index, all subjects are judged as well. */
  async function touchedOrNone(): Promise<ReadonlySet<string>> {
    try {
      return await ports.touched();
    } catch (error) {
      ports.log("error", "touched subjects not found", errorFields(error));
      return new Set();
    }
  }

  /** Changes of the subject; undefined if it could not be judged. */
  async function judgedAgain(digest: string, since: string): Promise<readonly Change[] | undefined> {
    const running = await ports.subjects.subject(digest, date());
    if (running === undefined) return [];
    const { subject, namespace } = running;
    const after = await within(ports.judgedSince(subject, namespace, since), JUDGE_MS, signal);
    return after === undefined ? undefined : reported(running, after);
  }

  /** Reports the changes since the last report, and stores that they are reported: afterwards, so that none is lost. */
  async function reported(running: RunningSubject, after: StoredVerdict): Promise<readonly Change[]> {
    const { last } = running;
    const grace = last === undefined ? [] : await graceSince(running, last, after);
    const changes = [...(last === undefined ? firstChanges(after) : changesSince(last, after)), ...grace];
    await reportChanges(running, after, changes, lang, ports);
    await ports.subjects.keepReported(after);
    return changes;
  }

  /** Begins the grace period of what new data or rules refuse. */
  async function graceSince(
    running: RunningSubject,
    before: StoredVerdict,
    after: StoredVerdict,
  ): Promise<readonly Change[]> {
    const { grace } = ports;
    if (grace === undefined) return [];
    const enforced = ports.enforcedIn(running.namespace, dayOf(ports.now()));
    const { settings, store } = grace;
    const begun = await beginGrace(running, { before, after, enforced }, settings, store, ports.now());
    return begun === undefined ? [] : [graceChange(begun)];
  }

  /** Reports changes in verdicts that others asked for: a pod that was created may have been first. */
  async function reportOthers(): Promise<void> {
    const by = ports.digests();
    for (const digest of await ports.subjects.unreported(by, date())) {
      if (signal.aborted) return;
      const running = await ports.subjects.subject(digest, date());
      const { newest } = running ?? {};
      if (running !== undefined && newest !== undefined && isBy(newest, by)) await reported(running, newest);
    }
  }

  function changesSince(last: StoredVerdict, after: StoredVerdict): readonly Change[] {
    const enforcedAt = ({ judgedAt }: StoredVerdict) => ports.enforced(judgedAt.slice(0, 10));
    return [...changesOf(last, after), ...rowsInForce(after, enforcedAt(last), enforcedAt(after))];
  }

  /** Reports what ends soon, once a day. */
  async function reportDay(): Promise<void> {
    const today = dayOf(ports.now());
    if (today === reportedDay) return;
    for (const digest of await ports.subjects.running()) {
      if (signal.aborted) return;
      const running = await ports.subjects.subject(digest, date());
      const { newest } = running ?? {};
      if (running === undefined || newest === undefined) continue;
      const coming = [
        ...endingAcceptances(newest, today, ENDING_DAYS),
        ...endingProofs(newest, today, ENDING_DAYS),
      ];
      await reportComing(running, newest, coming, lang, ports);
    }
    reportedDay = today;
  }

  while (!signal.aborted) {
    try {
      await reportOthers();
      await judgeOutdated();
      await reportDay();
    } catch (error) {
      if (!signal.aborted) ports.log("error", "not judged again", errorFields(error));
    }
    await wait(times.lookMs);
  }
}

/** Result of work; undefined after a time in milliseconds, or when the signal is aborted. */
async function within<T>(work: Promise<T>, ms: number, signal: AbortSignal): Promise<T | undefined> {
  const ended = new AbortController();
  const late = pause(ms, undefined, { signal: AbortSignal.any([signal, ended.signal]) });
  try {
    return await Promise.race([work, late.catch(() => undefined)]);
  } finally {
    ended.abort();
  }
}

function isBy({ key }: StoredVerdict, { policy, rules, data }: JudgingDigests): boolean {
  return key.policy === policy && key.rules === rules && key.data === data;
}

function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}
