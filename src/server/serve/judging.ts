import type { VerdictAnswer, VerdictRequest } from "../admission/ports.ts";
import type { Subject } from "../admission/subject.ts";
import { BoundedMap } from "../bounded-map.ts";
import { Examiner } from "../examine/examiner.ts";
import { type JudgePorts, type JudgeSettings, judgedBy, judgeSubject, keyMaker } from "../examine/judge.ts";
import { ageOf } from "../examine/verdict-age.ts";
import { errorFields, type Log } from "../log.ts";
import type { JudgingDigests, Store, StoredVerdict } from "../ports.ts";

/** Judging by one policy, one set of rules and one state of the vulnerability data. */
export interface Judging {
  readonly digests: JudgingDigests;
  verdictOf(subject: Subject, request: VerdictRequest): Promise<VerdictAnswer>;
  /** An admission that is in the store and still counts; undefined if there is none, or it cannot be asked. */
  admissionOf(subject: Subject): Promise<StoredVerdict | undefined>;
  /** Whether any verdict on the subject is in the store; true if the store cannot be asked. */
  hasJudged(subject: Subject): Promise<boolean>;
  /** Examinations that wait for their turn. */
  waiting(): number;
  close(): void;
}

export interface JudgingPorts extends JudgePorts {
  readonly store: Store;
  readonly log: Log;
}

/** Subjects of which is known that they are kept. */
const KEPT = 50_000;

/** Judging with an examiner in this process. */
export function startJudging(settings: JudgeSettings, ports: JudgingPorts): Judging {
  const { store, log } = ports;
  const onError = (error: unknown) => log("error", "examination failed", errorFields(error));
  const keyOf = keyMaker(judgedBy(settings, ports));
  const examiner = new Examiner({
    store,
    now: () => ports.now(),
    keyOf,
    judge: (subject, key, withImages, signal) =>
      judgeSubject(subject, key, withImages, settings, ports, signal),
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
  const { subject: _, ...digests } = keyOf({ object: {}, digest: "sha256:" as const });
  return {
    digests,
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
    waiting: () => examiner.waiting,
    close: () => examiner.close(),
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
