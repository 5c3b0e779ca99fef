import { BoundedMap } from "../bounded-map.ts";
import type { Store, VerdictKey } from "../ports.ts";
import type {
  ExaminationRequest,
  Examinations,
  Examine,
  Examined,
  QueueState,
  Requested,
} from "./examinations.ts";
import { PROBLEM_MS } from "./examinations.ts";
import { FairQueue } from "./fair-queue.ts";
import { keyText } from "./memory-store.ts";
import { settledExamination } from "./settled-examination.ts";

/** Ports of examinations in memory. */
export interface MemoryExaminationPorts {
  readonly store: Pick<Store, "keepVerdict">;
  readonly examine: Examine;
  now(): number;
  /** Receives errors that no answer reports. */
  onError(error: unknown): void;
}

/** Limits on examinations. */
export interface ExaminationBounds {
  readonly atATime: number;
  /** Maximum number of waiting examinations. */
  readonly waiting: number;
  /** Timeout of one examination, in milliseconds. */
  readonly examinationMs: number;
}

/** Default limits. A single examination already reads several images and their layers in parallel threads. */
export const EXAMINATION_BOUNDS: ExaminationBounds = {
  atATime: 2,
  waiting: 10_000,
  examinationMs: 15 * 60_000,
};

/** Maximum number of remembered failures. */
const FAILURES = 50_000;

interface Failed {
  readonly at: number;
  readonly examined: Examined;
}

/** Examinations of a server without a database; lost when the process ends. */
export class MemoryExaminations implements Examinations {
  readonly #ports: MemoryExaminationPorts;
  readonly #bounds: ExaminationBounds;
  readonly #queue: FairQueue;
  readonly #failed = new BoundedMap<Failed>(FAILURES);
  /** In the order in which they were asked for. */
  readonly #underWay = new Map<string, { readonly askedAt: number; readonly ended: Promise<Examined> }>();
  readonly #closing = new AbortController();

  constructor(ports: MemoryExaminationPorts, bounds = EXAMINATION_BOUNDS) {
    this.#ports = ports;
    this.#bounds = bounds;
    this.#queue = new FairQueue(bounds.atATime, bounds.waiting);
  }

  async state(): Promise<QueueState> {
    const { waiting } = this.#queue;
    const now = this.#ports.now();
    const [oldest] = this.#underWay.values();
    return {
      waiting,
      running: this.#underWay.size - waiting,
      oldestSeconds: Math.max(0, (now - (oldest?.askedAt ?? now)) / 1_000),
    };
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error("the server stops"));
  }

  recent(key: VerdictKey): Examined | undefined {
    const failed = this.#failed.get(keyText(key));
    return failed === undefined || this.#ports.now() - failed.at > PROBLEM_MS ? undefined : failed.examined;
  }

  async request(request: ExaminationRequest): Promise<Requested> {
    const text = keyText(request.key);
    const known = this.#underWay.get(text);
    if (known !== undefined) return { kind: "under-way", ended: known.ended };
    const { promise: ended, resolve } = Promise.withResolvers<Examined>();
    const isQueued = this.#queue.add(request.namespace, async () => {
      const examined = await this.#examine(request);
      this.#underWay.delete(text);
      resolve(examined);
    });
    if (!isQueued) return { kind: "full" };
    this.#underWay.set(text, { askedAt: this.#ports.now(), ended });
    return { kind: "under-way", ended };
  }

  /** Runs an examination and stores its verdict. Never rejects. */
  async #examine({ subject, key }: ExaminationRequest): Promise<Examined> {
    const { examine, store } = this.#ports;
    const onError = (error: unknown) => this.#ports.onError(error);
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(this.#bounds.examinationMs)]);
    const examined = await settledExamination(() => examine(subject, key, signal), onError);
    const text = keyText(key);
    if (examined.stored === undefined || examined.problems.length > 0) {
      this.#failed.set(text, { at: this.#ports.now(), examined });
      return examined;
    }
    this.#failed.delete(text);
    // The waiting request gets the verdict even if storing fails.
    await store.keepVerdict(examined.stored).catch(onError);
    return examined;
  }
}
