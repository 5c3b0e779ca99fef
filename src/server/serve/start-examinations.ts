import { objectAt, stringOf } from "../../json/fields.ts";
import type { ExaminationRequest, Examinations, Examine, Examined } from "../examine/examinations.ts";
import {
  type JudgePorts,
  type JudgeSettings,
  judgedBy,
  judgeSubject,
  judgingDigests,
} from "../examine/judge.ts";
import { EXAMINATION_BOUNDS, MemoryExaminations } from "../examine/memory-examinations.ts";
import { settledExamination } from "../examine/settled-examination.ts";
import { asksForTrial, trialKey } from "../examine/trial-work.ts";
import { errorFields, type Log } from "../log.ts";
import type { Store, VerdictKey } from "../ports.ts";

/** Queue of examinations that several processes share. */
export interface ExaminationQueue {
  /** Requests examinations and waits for their ends. */
  request(): Examinations;
  /** Queues an examination or a trial whose end nobody waits for. */
  ask(request: ExaminationRequest): Promise<void>;
  /** Runs examinations in their turn. Returns a function that stops doing so. */
  examine(worker: QueueWorker): () => Promise<void>;
}

/** Worker of the queue. */
interface QueueWorker {
  readonly examine: Examine;
  /** Policy, rules and data of this process. */
  readonly judgedBy: Omit<VerdictKey, "subject">;
  readonly atATime: number;
  /** Timeout of one examination, in milliseconds. */
  readonly examinationMs: number;
  /** Receives each examination whose result is stored. */
  onEnd(key: VerdictKey, examined: Examined): void;
  /** Receives errors that no answer reports. */
  onError(error: unknown): void;
}

/** Ports of examinations. */
export interface ExaminationPorts extends JudgePorts {
  readonly store: Pick<Store, "keepVerdict">;
  readonly queue?: ExaminationQueue;
  readonly log: Log;
}

/**
 * Examinations of this process: from the queue, if there is one, otherwise in memory.
 *
 * @param settings `examines`: whether this process also runs examinations of the queue
 */
export function startExaminations(
  settings: JudgeSettings & { readonly examines: boolean },
  ports: ExaminationPorts,
): Examinations {
  const { queue, store } = ports;
  if (queue === undefined) {
    const [examine, onError] = [examineBy(settings, ports), onErrorOf(ports)];
    return new MemoryExaminations({ store, examine, now: () => ports.now(), onError });
  }
  const examinations = queue.request();
  if (!settings.examines) return examinations;
  const stop = startExamining(settings, { ...ports, queue });
  return {
    ...examinations,
    async close() {
      await stop();
      await examinations.close();
    },
  };
}

/**
 * Runs examinations of a queue in this process.
 *
 * @returns stops, and gives unfinished examinations back
 */
function startExamining(
  settings: JudgeSettings,
  ports: ExaminationPorts & { readonly queue: ExaminationQueue },
): () => Promise<void> {
  const { atATime, examinationMs } = EXAMINATION_BOUNDS;
  const [examine, onError] = [examineBy(settings, ports), onErrorOf(ports)];
  return ports.queue.examine({
    examine: (subject, key, signal) => settledExamination(() => examine(subject, key, signal), onError),
    onEnd: (key, { problems }) =>
      ports.log("info", "examined", { subject: key.subject, problems: problems.length }),
    judgedBy: judgingDigests(judgedBy(settings, ports)),
    atATime,
    examinationMs,
    onError,
  });
}

/** Examines; a trial is requested where only a trial can settle the verdict. */
function examineBy(settings: JudgeSettings, ports: ExaminationPorts): Examine {
  const { queue } = ports;
  const onError = onErrorOf(ports);
  return async (subject, key, signal) => {
    const examined = await judgeSubject(subject, key, true, settings, ports, signal);
    const { stored } = examined;
    if (queue !== undefined && stored !== undefined && asksForTrial(stored, settings.policy)) {
      const { namespace } = objectAt(subject.object, "metadata");
      const request = { subject, key: trialKey(subject), namespace: stringOf(namespace), isAgain: false };
      await queue.ask(request).catch(onError);
    }
    return examined;
  };
}

function onErrorOf({ log }: Pick<ExaminationPorts, "log">): (error: unknown) => void {
  return (error) => log("error", "examination failed", errorFields(error));
}
