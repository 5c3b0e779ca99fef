import type { LayerJob } from "./job.ts";

/**
 * Layers that threads take one after the other, the largest first. Its place is counted in memory
 * that the threads share: none waits until another, which may be busy, hands it the next.
 */
export class LayerQueue<Job extends LayerJob> {
  readonly jobs: readonly Job[];
  /** Number of jobs taken; may exceed their number. */
  readonly taken: Int32Array<SharedArrayBuffer>;

  /** @param taken of the thread that the jobs, in this order, come from */
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
