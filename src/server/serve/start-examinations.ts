import type { Examinations, Examine } from "../examine/examinations.ts";
import {
  type JudgePorts,
  type JudgeSettings,
  judgedBy,
  judgeSubject,
  judgingDigests,
} from "../examine/judge.ts";
import { EXAMINATION_BOUNDS, MemoryExaminations } from "../examine/memory-examinations.ts";
import { settledExamination } from "../examine/settled-examination.ts";
import { errorFields, type Log } from "../log.ts";
import type { Store, VerdictKey } from "../ports.ts";

/** Queue of examinations that several processes share. */
export interface ExaminationQueue {
  /** Asks for examinations, and waits for them. */
  request(): Examinations;
  /** Takes examinations in their turn until it is stopped. */
  examine(worker: QueueWorker): () => Promise<void>;
}

/** Work of an examiner of the queue. */
interface QueueWorker {
  readonly examine: Examine;
  /** Policy, rules and data of this process. */
  readonly judgedBy: Omit<VerdictKey, "subject">;
  readonly atATime: number;
  /** Milliseconds of one examination. */
  readonly examinationMs: number;
  /** Tells of an error that no answer shows. */
  onError(error: unknown): void;
}

/** Ports of examinations. */
export interface ExaminationPorts extends JudgePorts {
  readonly store: Pick<Store, "keepVerdict">;
  readonly queue?: ExaminationQueue;
  readonly log: Log;
}

/**
 * Examinations as this process asks for them: of the queue, if there is one, else in its memory.
 *
 * @param settings `examines`: whether this process takes some from the queue, too
 */
export function startExaminations(
  settings: JudgeSettings & { readonly examines: boolean },
  ports: ExaminationPorts,
): Examinations {
  const { queue, store } = ports;
  const [examine, onError] = [examineBy(settings, ports), onErrorOf(ports)];
  if (queue === undefined) {
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

/** Takes examinations from a queue in this process. @returns stops, and gives back what is under way */
function startExamining(
  settings: JudgeSettings,
  ports: ExaminationPorts & { readonly queue: ExaminationQueue },
): () => Promise<void> {
  const { atATime, examinationMs } = EXAMINATION_BOUNDS;
  const [examine, onError] = [examineBy(settings, ports), onErrorOf(ports)];
  return ports.queue.examine({
    examine: (subject, key, signal) => settledExamination(() => examine(subject, key, signal), onError),
    judgedBy: judgingDigests(judgedBy(settings, ports)),
    atATime,
    examinationMs,
    onError,
  });
}

function examineBy(settings: JudgeSettings, ports: JudgePorts): Examine {
  return (subject, key, signal) => judgeSubject(subject, key, true, settings, ports, signal);
}

function onErrorOf({ log }: Pick<ExaminationPorts, "log">): (error: unknown) => void {
  return (error) => log("error", "examination failed", errorFields(error));
}
