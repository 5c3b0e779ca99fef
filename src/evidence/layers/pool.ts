import { availableParallelism } from "node:os";
import { type Done, type LayerJob, nameErrors } from "./job.ts";
import { LayerWorker } from "./layer-worker.ts";
import type { WorkerSettings } from "./protocol.ts";

/** Layers downloaded at a time: enough to fill a line, few enough for a registry. */
const DOWNLOADS = 4;

/**
 * Reads layers in worker threads, the largest first, and ends the threads whatever happens. A
 * thread reads one file at a time; downloads share them.
 *
 * @throws what the first layer that fails throws; the signal's reason
 */
export async function readInWorkers(
  jobs: readonly LayerJob[],
  settings: WorkerSettings,
  done: Done,
  signal?: AbortSignal,
): Promise<void> {
  const queue = jobs.toSorted((a, b) => b.request.size - a.request.size);
  const downloads = jobs.some(({ bytes }) => bytes.in === "stream") ? DOWNLOADS : 0;
  const threads = Math.min(availableParallelism(), jobs.length);
  const lanes = Math.min(Math.max(threads, downloads), jobs.length);
  const workers = Array.from({ length: threads }, () => new LayerWorker(settings));
  const stop = () => void close(workers, signal?.reason);
  signal?.addEventListener("abort", stop);
  try {
    await Promise.all(
      workers.map((worker, thread) => work(worker, Math.ceil((lanes - thread) / threads), queue, done)),
    );
  } finally {
    signal?.removeEventListener("abort", stop);
    await close(workers, new Error("another layer could not be read"));
  }
}

/** Ends the thread when nothing is left for it to do: the others may need its 25 MB. */
async function work(worker: LayerWorker, lanes: number, queue: LayerJob[], done: Done): Promise<void> {
  await Promise.all(Array.from({ length: lanes }, () => readNext(worker, queue, done)));
  await worker.close(undefined);
}

async function readNext(worker: LayerWorker, queue: LayerJob[], done: Done): Promise<void> {
  for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
    done(job, await nameErrors(job, read(worker, job)));
  }
}

async function read(worker: LayerWorker, { request, bytes }: LayerJob): Promise<Uint8Array> {
  if (bytes.in === "file") return worker.readFile(request, bytes);
  return worker.readStream(request, await bytes.open());
}

async function close(workers: readonly LayerWorker[], reason: unknown): Promise<void> {
  await Promise.all(workers.map((worker) => worker.close(reason)));
}
