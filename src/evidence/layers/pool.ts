import { availableParallelism } from "node:os";
import type { FileSelector } from "../../contract/file-selector.ts";
import type { ImageBudget } from "../../image/layer/budget.ts";
import { type Done, type LayerJob, nameErrors } from "./job.ts";
import { LayerWorker } from "./layer-worker.ts";
import { Permits } from "./permits.ts";
import { readInline } from "./read-inline.ts";

/** Layers downloaded at a time: enough to fill a line, few enough for a registry. */
const DOWNLOADS = 4;

/** The other threads of the whole process: images that are read at the same time share them. */
const THREADS = new Permits(availableParallelism());

export interface ThreadSettings {
  readonly selectors: readonly FileSelector[];
  readonly budget: ImageBudget;
}

/**
 * Reads layers in threads, the largest first, and ends the threads whatever happens. A thread reads
 * one file at a time, this one too, which is ready while others start; downloads share the others.
 *
 * @throws what the first layer that fails throws; the signal's reason
 */
export async function readInThreads(
  jobs: readonly LayerJob[],
  { selectors, budget }: ThreadSettings,
  done: Done,
  signal?: AbortSignal,
): Promise<void> {
  const queue = jobs.toSorted((a, b) => b.request.size - a.request.size);
  const hasDownloads = jobs.some(({ bytes }) => bytes.in === "stream");
  const threads = Math.min(availableParallelism(), jobs.length);
  const others = hasDownloads ? threads : threads - 1;
  const lanes = hasDownloads ? Math.min(Math.max(threads, DOWNLOADS), jobs.length) : others;
  const workers: LayerWorker[] = [];
  const failed = new AbortController();
  const stop = AbortSignal.any([failed.signal, ...(signal === undefined ? [] : [signal])]);
  stop.addEventListener("abort", () => void close(workers, stop.reason));
  const readInOther = async (thread: number): Promise<void> => {
    if (queue.length === 0 || stop.aborted) return;
    const worker = new LayerWorker({ selectors, budget: budget.shared });
    workers.push(worker);
    await work(worker, Math.ceil((lanes - thread) / others), queue, done);
  };
  // Where nothing is inflated, the 40 ms of a thread's start tell: there the largest is this thread's, which is ready now.
  const largest = queue.splice(0, hasDownloads || !isPlain(queue[0]) ? 0 : 1);
  const reading = Array.from({ length: others }, (_, thread) => THREADS.run(() => readInOther(thread)));
  queue.unshift(...largest);
  // Last: it does not return before its first turn is over.
  const own = hasDownloads ? Promise.resolve() : readInline(queue, selectors, budget, done, stop);
  try {
    await Promise.all([own, ...reading]);
    stop.throwIfAborted();
  } catch (error) {
    queue.length = 0;
    failed.abort(new Error("another layer could not be read"));
    await Promise.allSettled([own, close(workers, failed.signal.reason)]);
    throw error;
  }
}

function isPlain(job: LayerJob | undefined): boolean {
  return job?.request.digest === undefined || job.request.digest === job.request.diffId;
}

/** Ends the thread when nothing is left for it to do, for its 25 MB; that takes 10 ms, for which nobody waits. */
async function work(worker: LayerWorker, lanes: number, queue: LayerJob[], done: Done): Promise<void> {
  await Promise.all(Array.from({ length: lanes }, () => readNext(worker, queue, done)));
  void worker.close(undefined);
}

async function readNext(worker: LayerWorker, queue: LayerJob[], done: Done): Promise<void> {
  for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
    done(job, await nameErrors(job, readLayer(worker, job, queue.length === 0)));
  }
}

async function readLayer(
  worker: LayerWorker,
  { request, bytes }: LayerJob,
  isLast: boolean,
): Promise<Uint8Array> {
  if (bytes.in === "file") return worker.readFile(request, bytes, isLast);
  return worker.readStream(request, await bytes.open());
}

async function close(workers: readonly LayerWorker[], reason: unknown): Promise<void> {
  await Promise.all(workers.map((worker) => worker.close(reason)));
}
