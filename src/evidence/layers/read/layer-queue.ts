import type { LayerJob } from "./job.ts";

/**
 * Queue of layers, largest first, from which threads take the next layer. The position is in shared memory,
 * so that no thread waits for a busy thread to assign work.
 */
export class LayerQueue<Job extends LayerJob> {
  readonly jobs: readonly Job[];
  /** Number of jobs taken; may exceed the number of jobs. */
  readonly taken: Int32Array<SharedArrayBuffer>;

  /** @param taken counter of the thread that sent the jobs, in the same order */
  constructor(jobs: readonly Job[], taken = new Int32Array(new SharedArrayBuffer(4))) {
    this.jobs = jobs;
    this.taken = taken;
  }

  take(): Job | undefined {
    return this.jobs[Atomics.add(this.taken, 0, 1)];
  }

  get isEmpty(): boolean {
    return Atomics.load(this.taken, 0) >= this.jobs.length;
  }

  /** Empties the queue for all threads. */
  clear(): void {
    Atomics.store(this.taken, 0, this.jobs.length);
  }
}
