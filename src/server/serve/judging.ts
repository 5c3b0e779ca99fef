import type { EnforcedRows } from "../../contract/admission.ts";
import { admits } from "../admission/admits.ts";
import type { VerdictAnswer, VerdictRequest } from "../admission/ports.ts";
import type { Subject } from "../admission/subject.ts";
import { BoundedMap } from "../bounded-map.ts";
import type { QueueState } from "../examine/examinations.ts";
import { Examiner } from "../examine/examiner.ts";
import { type JudgeSettings, judgedBy, judgeSubject, judgingDigests, keyMaker } from "../examine/judge.ts";
import { ageOf } from "../examine/verdict-age.ts";
import { errorFields, type Log } from "../log.ts";
import type { JudgingDigests, Store, StoredVerdict } from "../ports.ts";
import { type ExaminationPorts, startExaminations } from "./start-examinations.ts";

/** Judging with one policy, one set of rules and one state of the vulnerability data. */
export interface Judging {
  readonly digests: JudgingDigests;
  verdictOf(subject: Subject, request: VerdictRequest): Promise<VerdictAnswer>;
  /**
   * Admission in the store that still counts; undefined if there is none, or if the store does not answer.
   */
  admissionOf(subject: Subject, enforced?: EnforcedRows): Promise<StoredVerdict | undefined>;
  /** Admissions by other data, of a store that outlives the process; absent for another store. */
  readonly byOtherData?: Pick<Judging, "admissionOf">;
  /** Verdict in the store, whatever its age. @throws as Store.verdict() */
  lastVerdict(subject: Subject): Promise<StoredVerdict | undefined>;
  /** Whether the store has any verdict on the subject; true if the store does not answer. */
  hasJudged(subject: Subject): Promise<boolean>;
  /**
   * Verdict on a running subject that was made at a time or later, by a new examination if there is none;
   * undefined if the subject could not be examined. New pods are examined first.
   *
   * @param since ISO 8601
   */
  judgedSince(subject: Subject, namespace: string, since: string): Promise<StoredVerdict | undefined>;
  /** State of the queue of examinations. */
  queue(): Promise<QueueState>;
  /** Number of pods whose examination by these documents waits. */
  waiting(): Promise<number>;
  /** Aborts the examinations that run in this process. */
  close(): Promise<void>;
}

export interface JudgingPorts extends ExaminationPorts {
  readonly store: Store;
  readonly log: Log;
}

export interface JudgingSettings extends JudgeSettings {
  /** Whether this process examines unknown images, beside the other processes with the same queue. */
  readonly examines: boolean;
}

/** Maximum number of subjects remembered as stored. */
const KEPT = 50_000;

/** Starts judging, with an examiner in this process. */
export function startJudging(settings: JudgingSettings, ports: JudgingPorts): Judging {
  const { store, log } = ports;
  const onError = (error: unknown) => log("error", "examination failed", errorFields(error));
  const documents = judgedBy(settings, ports);
  const keyOf = keyMaker(documents);
  const stopping = new AbortController();
  const examinations = startExaminations(settings, ports);
  const examiner = new Examiner({
    store,
    now: () => ports.now(),
    keyOf,
    examinations,
    judgeManifest: (subject, key) => judgeSubject(subject, key, false, settings, ports, stopping.signal),
    onError,
  });
  const byOtherData = store.verdictByOtherData?.bind(store);
  const kept = new BoundedMap<true>(KEPT);
  /** Subjects with a verdict in the store: once the data are replaced, each of their requests asks for this. */
  const judged = new BoundedMap<true>(KEPT);
  /** Stores a subject, to judge it again later. The answer does not wait for the write. */
  function keep(subject: Subject, namespace: string): void {
    if (store.subjects === undefined || kept.get(subject.digest) === true) return;
    kept.set(subject.digest, true);
    store.subjects.keepSubject(subject, namespace).catch((error: unknown) => {
      kept.delete(subject.digest);
      onError(error);
    });
  }
  /** The verdict, if it is an admission that still counts. */
  async function counting(
    asked: Promise<StoredVerdict | undefined>,
    enforced: EnforcedRows | undefined,
  ): Promise<StoredVerdict | undefined> {
    const stored = await asked.catch(() => undefined);
    if (stored === undefined || !admits(stored, enforced)) return undefined;
    return ageOf(stored, ports.now(), enforced) === "old" ? undefined : stored;
  }
  return {
    digests: judgingDigests(documents),
    async verdictOf(subject, request) {
      const answer = await examiner.verdictOf(subject, request);
      const isAdmitted = answer.kind === "known" && admits(answer.stored, request.enforced);
      if (isAdmitted && request.isAgain !== true) keep(subject, request.namespace);
      return answer;
    },
    admissionOf: (subject, enforced) => counting(store.verdict(keyOf(subject)), enforced),
    ...(byOtherData === undefined
      ? {}
      : {
          byOtherData: {
            admissionOf: (subject, enforced) => counting(byOtherData(keyOf(subject)), enforced),
          },
        }),
    lastVerdict: (subject) => store.verdict(keyOf(subject)),
    async hasJudged(subject) {
      if (judged.get(subject.digest) === true) return true;
      try {
        const hasVerdict = (await store.verdict(keyOf(subject))) !== undefined;
        if (hasVerdict) judged.set(subject.digest, true);
        return hasVerdict;
      } catch {
        return true;
      }
    },
    async judgedSince(subject, namespace, since) {
      const request = { subject, key: keyOf(subject), namespace, isAgain: true, seen: since };
      const requested = await examinations.request(request);
      if (requested.kind === "full") return undefined;
      const { stored, problems } = requested.kind === "ended" ? requested.examined : await requested.ended;
      return problems.length === 0 ? stored : undefined;
    },
    queue: () => examinations.state(),
    waiting: async () => (await examinations.state(judgingDigests(documents))).waiting,
    async close() {
      stopping.abort(new Error("the server stops"));
      await examinations.close();
    },
  };
}

/**
 * Verdict by the current documents. For a subject that was never judged by them, an admission by the previous
 * documents counts until it is too old: otherwise new data would refuse a running application at its next
 * restart only because a registry does not answer. Any verdict by the current documents replaces such an
 * admission.
 */
export async function verdictByCurrent(
  current: Judging,
  before: Pick<Judging, "admissionOf"> | undefined,
  subject: Subject,
  request: VerdictRequest,
): Promise<VerdictAnswer> {
  if (before === undefined || (await current.hasJudged(subject))) return current.verdictOf(subject, request);
  const earlier = await before.admissionOf(subject, request.enforced);
  if (earlier === undefined) return current.verdictOf(subject, request);
  // Starts the examination without waiting for its end.
  const answer = await current.verdictOf(subject, { ...request, until: 0 });
  if (answer.kind === "known" || (await current.hasJudged(subject))) return answer;
  return { kind: "known", stored: earlier };
}
