import type { ImageEvidence } from "../../evidence/file.ts";
import { type ImageJob, needsOf } from "./image-jobs.ts";

export interface QueueOptions {
  /** Images read at a time. */
  readonly atATime: number;
  /** Images that may be read before a subject needs them. */
  readonly ahead: number;
  /** Called when every image has been read. */
  readonly onEnd?: () => Promise<void> | void;
}

type Outcome = PromiseSettledResult<ImageEvidence>;

interface Entry {
  readonly job: ImageJob;
  readonly index: number;
  readonly outcome: PromiseWithResolvers<Outcome>;
  /** Number of subjects that are not judged yet. */
  needs: number;
}

/**
 * Reads images in order, some of them ahead. A result is kept until every subject that needs it has been
 * judged.
 */
export class ImageQueue {
  readonly #waiting: Iterator<Entry>;
  readonly #entries: Map<ImageJob, Entry>;
  readonly #read: (job: ImageJob, number: number) => Promise<ImageEvidence>;
  readonly #options: QueueOptions;
  readonly #running = new Set<Promise<void>>();
  #left: number;
  #begun = 0;
  /** Number of images that may have been started. */
  #wanted = 0;

  /** @param read returns the evidence of an image; images are numbered from 1 */
  constructor(
    jobs: readonly ImageJob[],
    read: (job: ImageJob, number: number) => Promise<ImageEvidence>,
    options: QueueOptions,
  ) {
    const entries = jobs.map((job, index): Entry => {
      return { job, index, needs: needsOf(job), outcome: Promise.withResolvers() };
    });
    this.#waiting = entries.values();
    this.#left = entries.length;
    this.#entries = new Map(entries.map((entry) => [entry.job, entry]));
    this.#read = read;
    this.#options = options;
  }

  /** Result for an image that is not released yet; never rejects. */
  async take(job: ImageJob): Promise<Outcome> {
    const entry = this.#entries.get(job);
    if (entry === undefined) throw new Error(`not in the queue: ${job.name}`);
    this.#wanted = Math.max(this.#wanted, entry.index + 1 + this.#options.ahead);
    this.#begin();
    return entry.outcome.promise;
  }

  /** Called for each judged subject that needed the image. */
  release(job: ImageJob): void {
    const entry = this.#entries.get(job);
    if (entry === undefined) return;
    entry.needs -= 1;
    if (entry.needs === 0) this.#entries.delete(job);
  }

  /** Starts no further images; resolves when the started images have ended. */
  async close(): Promise<void> {
    this.#wanted = 0;
    await Promise.all(this.#running);
  }

  #begin(): void {
    while (this.#running.size < this.#options.atATime && this.#begun < this.#wanted) {
      const { value: entry } = this.#waiting.next();
      if (entry === undefined) return;
      this.#begun += 1;
      const run = this.#run(entry);
      this.#running.add(run);
      void run.finally(() => {
        this.#running.delete(run);
        this.#begin();
      });
    }
  }

  async #run({ job, index, outcome }: Entry): Promise<void> {
    const [result] = await Promise.allSettled([this.#read(job, index + 1)]);
    this.#left -= 1;
    if (this.#left === 0) await this.#options.onEnd?.();
    outcome.resolve(result);
  }
}
