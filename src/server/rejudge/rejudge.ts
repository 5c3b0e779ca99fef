import { setTimeout as pause } from "node:timers/promises";
import type { EnforcedRows } from "../../contract/admission.ts";
import type { Lang } from "../../contract/text.ts";
import type { VerdictAnswer, VerdictRequest } from "../admission/ports.ts";
import { errorFields, type Log } from "../log.ts";
import type { JudgingDigests, RunningSubject, RunningSubjects } from "../ports.ts";
import type { EventWriter } from "../watch/events.ts";
import { changesOf, endingAcceptances, NEWS, type News, rowsInForce } from "./changes.ts";

/** Ports of rejudgeRunning(). */
export interface RejudgePorts {
  readonly subjects: RunningSubjects;
  /** Digests of the current policy, rules and data. */
  digests(): JudgingDigests;
  /** Verdict by the current documents; examines the subject if necessary. */
  verdictOf(subject: RunningSubject["subject"], request: VerdictRequest): Promise<VerdictAnswer>;
  /** Number of waiting examinations of new pods. */
  waiting(): Promise<number>;
  /** Future rows that decide on admission on this day, `YYYY-MM-DD`. */
  enforced(day: string): EnforcedRows;
  readonly events: Pick<EventWriter, "write">;
  readonly log: Log;
  now(): number;
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
/** Days before the end of an acceptance from which the end is announced. */
const ENDING_DAYS = 14;

/**
 * Judges running subjects again until the signal ends it: each subject without a verdict by the current
 * documents, one at a time, and only while no new pod waits for an examination. Reports changes, and once a
 * day coming ones. Never rejects.
 */
export async function rejudgeRunning(
  lang: Lang,
  ports: RejudgePorts,
  signal: AbortSignal,
  times: RejudgeTimes = TIMES,
): Promise<void> {
  const failed = new Map<string, number>();
  let day = dayOf(ports.now());
  let isDue = true;
  const wait = (ms: number) => pause(ms, undefined, { signal }).catch(() => undefined);

  async function judgeOutdated(): Promise<void> {
    const outdated = await ports.subjects.outdated(ports.digests());
    const due = outdated.filter((digest) => (failed.get(digest) ?? 0) <= ports.now());
    if (due.length === 0) return;
    const started = ports.now();
    let changed = 0;
    for (const digest of due) {
      while ((await ports.waiting()) > 0 && !signal.aborted) await wait(times.yieldMs);
      if (signal.aborted) return;
      const news = await judgedAgain(digest);
      if (news === undefined) failed.set(digest, ports.now() + times.againMs);
      else failed.delete(digest);
      if (news !== undefined && news.length > 0) changed += 1;
    }
    const ms = ports.now() - started;
    ports.log("info", "judged again", { subjects: due.length, changed, failed: failed.size, ms });
  }

  /** News about a subject that was judged again; undefined if the subject could not be judged. */
  async function judgedAgain(digest: string): Promise<readonly News[] | undefined> {
    const running = await ports.subjects.subject(digest);
    if (running === undefined) return [];
    const request = {
      namespace: running.namespace,
      until: ports.now() + JUDGE_MS,
      mayExamine: true,
      isAgain: true as const,
      verify() {},
    };
    const answer = await ports.verdictOf(running.subject, request);
    if (answer.kind !== "known") return undefined;
    const news = changesOf(running.last, answer.stored);
    await tell(running, news, lang, ports);
    return news;
  }

  /** Reports acceptances that end soon, and rows that came into force since the day before. */
  async function tellDay(): Promise<void> {
    const today = dayOf(ports.now());
    const [before, now] = [ports.enforced(day), ports.enforced(today)];
    for (const digest of await ports.subjects.running()) {
      if (signal.aborted) return;
      const running = await ports.subjects.subject(digest);
      if (running === undefined) continue;
      const news = [
        ...endingAcceptances(running.last, today, ENDING_DAYS),
        ...rowsInForce(running.last, before, now),
      ];
      await tell(running, news, lang, ports);
    }
    day = today;
    isDue = false;
  }

  while (!signal.aborted) {
    try {
      await judgeOutdated();
      if (isDue || dayOf(ports.now()) !== day) await tellDay();
    } catch (error) {
      if (!signal.aborted) ports.log("error", "not judged again", errorFields(error));
    }
    await wait(times.lookMs);
  }
}

async function tell(
  { subject, namespace, workloads }: RunningSubject,
  news: readonly News[],
  lang: Lang,
  { events, log }: Pick<RejudgePorts, "events" | "log">,
): Promise<void> {
  for (const { kind, row, message } of news) {
    const { event, type } = NEWS[kind];
    const names = workloads.map((one) => `${one.kind}/${one.name}`);
    log(type === "Normal" ? "info" : "warn", "verdict changed", {
      change: kind,
      row,
      namespace,
      workloads: names,
      subject: subject.digest,
      reason: message[lang],
    });
    for (const object of workloads) {
      try {
        await events.write({ object, type, reason: event, message: message[lang] });
      } catch (error) {
        log("error", "event not written", { change: kind, namespace, ...errorFields(error) });
      }
    }
  }
}

function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}
