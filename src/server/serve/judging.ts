import type { VerdictAnswer, VerdictRequest } from "../admission/ports.ts";
import type { Subject } from "../admission/subject.ts";
import { BoundedMap } from "../bounded-map.ts";
import { Examiner } from "../examine/examiner.ts";
import { type JudgeSettings, judgedBy, judgeSubject, judgingDigests, keyMaker } from "../examine/judge.ts";
import { ageOf } from "../examine/verdict-age.ts";
import { errorFields, type Log } from "../log.ts";
import type { JudgingDigests, Store, StoredVerdict } from "../ports.ts";
import { type ExaminationPorts, startExaminations } from "./start-examinations.ts";

/** Judging by one policy, one set of rules and one state of the vulnerability data. */
export interface Judging {
  readonly digests: JudgingDigests;
  verdictOf(subject: Subject, request: VerdictRequest): Promise<VerdictAnswer>;
  /** An admission that is in the store and still counts; undefined if there is none, or it cannot be asked. */
  admissionOf(subject: Subject): Promise<StoredVerdict | undefined>;
  /** Whether any verdict on the subject is in the store; true if the store cannot be asked. */
  hasJudged(subject: Subject): Promise<boolean>;
  /** Examinations that wait for their turn. */
  waiting(): Promise<number>;
  /** Ends the examinations that are under way here. */
  close(): Promise<void>;
}

export interface JudgingPorts extends ExaminationPorts {
  readonly store: Store;
  readonly log: Log;
}

export interface JudgingSettings extends JudgeSettings {
  /** Whether unknown images are examined in this process, or by examiners of the same queue alone. */
  readonly examines: boolean;
}

/** Subjects of which is known that they are kept. */
const KEPT = 50_000;

/** Judging with an examiner in this process. */
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
  const kept = new BoundedMap<true>(KEPT);
  /** Keeps a subject, to judge it again later: not in time for this answer. */
  function keep(subject: Subject, namespace: string): void {
    if (store.subjects === undefined || kept.get(subject.digest) === true) return;
    kept.set(subject.digest, true);
    store.subjects.keepSubject(subject, namespace).catch((error: unknown) => {
      kept.delete(subject.digest);
      onError(error);
    });
  }
  return {
    digests: judgingDigests(documents),
    async verdictOf(subject, request) {
      const answer = await examiner.verdictOf(subject, request);
      if (answer.kind === "known" && answer.stored.verdict.admitted === "yes")
        keep(subject, request.namespace);
      return answer;
    },
    async admissionOf(subject) {
      const stored = await store.verdict(keyOf(subject)).catch(() => undefined);
      const counts = stored?.verdict.admitted === "yes" && ageOf(stored, ports.now()) !== "old";
      return counts ? stored : undefined;
    },
    async hasJudged(subject) {
      try {
        return (await store.verdict(keyOf(subject))) !== undefined;
      } catch {
        return true;
      }
    },
    waiting: () => examinations.waiting(),
    async close() {
      stopping.abort(new Error("the server stops"));
      await examinations.close();
    },
  };
}

/**
 * Verdict by the current documents. While a subject was not judged by them at all, an admission by the documents
 * before them counts as long as it would have counted: new data do not refuse what runs at its next restart only
 * because a registry does not answer. Any verdict by the current documents ends that.
 */
export async function verdictByCurrent(
  current: Judging,
  before: Judging | undefined,
  subject: Subject,
  request: VerdictRequest,
): Promise<VerdictAnswer> {
  const earlier = before === undefined ? undefined : await before.admissionOf(subject);
  if (earlier === undefined || (await current.hasJudged(subject))) return current.verdictOf(subject, request);
  // The examination is started, and not waited for.
  const answer = await current.verdictOf(subject, { ...request, until: 0 });
  if (answer.kind === "known" || (await current.hasJudged(subject))) return answer;
  return { kind: "known", stored: earlier };
}
