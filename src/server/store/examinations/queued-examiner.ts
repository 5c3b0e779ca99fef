import { randomUUID } from "node:crypto";
import type { Text } from "../../../contract/text.ts";
import type { Examine, Examined } from "../../examine/examinations.ts";
import type { StoredVerdict, VerdictKey } from "../../ports.ts";
import type { Database } from "../database/connect.ts";
import { listen } from "../database/listen.ts";
import type { VerdictStore } from "../verdicts/verdict-store.ts";
import { finish, giveBack, RENEW_MS, renew, type Taken, take } from "./leases.ts";
import { ASKED, judgedByDigest } from "./queue-rows.ts";

/**
 * Milliseconds between two polls of the queue, in case a notification is lost; an expired lease sends none.
 */
const LOOK_MS = 2_000;

/** Examination function of a worker, with its limits. */
export interface QueuedWork {
  /** Judges a subject. Never rejects; the result of an aborted examination is not written. */
  readonly examine: Examine;
  /**
   * Policy, rules and data of this process; examinations with other documents are left to other processes.
   */
  readonly judgedBy: Omit<VerdictKey, "subject">;
  readonly atATime: number;
  /** Timeout of one examination, in milliseconds. */
  readonly examinationMs: number;
  /** Receives each examination whose result is stored. */
  onEnd(key: VerdictKey, examined: Examined): void;
  /** Receives errors that no answer reports. */
  onError(error: unknown): void;
}

/**
 * Takes examinations from the queue in PostgreSQL and stores their verdicts, until it is stopped. The lease
 * is renewed during an examination; if the lease is lost, the examination is aborted, since another examiner
 * has taken it.
 *
 * @returns function that stops, and returns unfinished examinations to the queue
 */
export function examineQueued(
  database: Database,
  verdicts: Pick<VerdictStore, "newestVerdict" | "keepVerdict">,
  work: QueuedWork,
): () => Promise<void> {
  const { examine, atATime, examinationMs } = work;
  const onError = (error: unknown) => work.onError(error);
  const examiner = randomUUID();
  const judgedBy = judgedByDigest(work.judgedBy);
  const running = new Map<string, AbortController>();
  const works = new Set<Promise<void>>();
  const stopping = new AbortController();
  let isTaking = false;
  let isAskedAgain = false;

  /**
   * Takes examinations until the limit is reached. Concurrent calls are merged, so that only one queries the
   * database.
   */
  async function fill(): Promise<void> {
    isAskedAgain = true;
    if (isTaking) return;
    isTaking = true;
    try {
      while (isAskedAgain && !stopping.signal.aborted && running.size < atATime) {
        isAskedAgain = false;
        const taken = await take(database, examiner, judgedBy);
        if (taken === undefined) continue;
        isAskedAgain = true;
        begin(taken);
      }
    } catch (error) {
      onError(error);
    } finally {
      isTaking = false;
    }
  }

  function begin(taken: Taken): void {
    const ending = new AbortController();
    running.set(taken.id, ending);
    const done = run(taken, ending.signal).finally(() => {
      running.delete(taken.id);
      works.delete(done);
      void fill();
    });
    works.add(done);
  }

  /**
   * Examines a subject and stores the result. Never rejects: an examination that cannot be ended is taken
   * again after its lease.
   */
  async function run(taken: Taken, ending: AbortSignal): Promise<void> {
    const { id } = taken;
    try {
      const signal = AbortSignal.any([ending, AbortSignal.timeout(examinationMs)]);
      const examined = await examinedOnce(taken, signal);
      if (ending.aborted) return;
      const { stored, problems } = examined;
      const isWhole = stored !== undefined && problems.length === 0;
      if (isWhole) await verdicts.keepVerdict(stored);
      await finish(database, examiner, id, isWhole ? undefined : examined);
      work.onEnd({ subject: taken.digest, ...work.judgedBy }, examined);
    } catch (error) {
      onError(error);
    }
  }

  async function examinedOnce(taken: Taken, signal: AbortSignal): Promise<Examined> {
    const { object, digest, askedAt, isTakenOver, isGivenUp } = taken;
    const key = { subject: digest, ...work.judgedBy };
    const stored = isTakenOver ? await verdicts.newestVerdict(key) : undefined;
    if (stored !== undefined && madeSince(stored, askedAt)) return { stored, problems: [] };
    if (isGivenUp) return { problems: [GIVEN_UP] };
    return examine({ object, digest }, key, signal);
  }

  async function keepLeases(): Promise<void> {
    const ids = [...running.keys()];
    try {
      const held = ids.length === 0 ? new Set(ids) : await renew(database, examiner, ids);
      for (const id of ids) {
        if (!held.has(id)) running.get(id)?.abort(new Error("another examiner has the examination"));
      }
    } catch (error) {
      onError(error);
    }
  }

  const stopListening = listen(database, [ASKED], (_, by) => {
    if (by === judgedBy) void fill();
  });
  const timers = [setInterval(() => void fill(), LOOK_MS), setInterval(() => void keepLeases(), RENEW_MS)];
  for (const timer of timers) timer.unref();
  void fill();
  return async () => {
    stopping.abort();
    timers.forEach(clearInterval);
    for (const ending of running.values()) ending.abort(new Error("the server stops"));
    await Promise.all([...works, stopListening()]);
    await giveBack(database, examiner).catch(onError);
  };
}

/**
 * Test for a verdict that was made since the request: the examiner was killed after it stored the verdict, and before it
 * ended the examination.
 */
function madeSince({ judgedAt }: StoredVerdict, askedAt: Date): boolean {
  return Date.parse(judgedAt) >= askedAt.getTime();
}

const GIVEN_UP: Text = {
  fr: "plusieurs examinateurs se sont arrêtés pendant l'examen de ce pod. Prévenir la plateforme, qui doit vérifier leur journal et leur limite de mémoire.",
  en: "several examiners ended while they examined this pod. Tell the platform, which has to check their log and their memory limit.",
};
