import { availableParallelism } from "node:os";
import type { ImageBudget } from "../../../image/layer/budget.ts";
import { readAgainIfCorrupt } from "../../../image/layer/read-again.ts";
import type { WantedContent } from "../analyzers/wanted-content.ts";
import type { Done, DownloadJob, FileJob, LayerJob } from "./job.ts";
import { LayerQueue } from "./layer-queue.ts";
import { LayerWorker } from "./layer-worker.ts";
import { Permits } from "./permits.ts";
import { readInline } from "./read-inline.ts";

/** Layers downloaded at a time: enough to use the bandwidth, few enough for a registry. */
const DOWNLOADS = 4;

/** Permits for further threads of the whole process, shared by images that are read concurrently. */
const THREADS = new Permits(availableParallelism());

export interface ThreadSettings {
  readonly wanted: WantedContent;
  readonly budget: ImageBudget;
  readonly signal?: AbortSignal;
  /** See ReadOptions. */
  readonly onReading?: (inThreads: boolean) => void;
}

/**
 * Reads layers in threads, the largest first, and always ends the threads. Each thread reads one file at a
 * time. The calling thread reads files, too, while the others start; downloads are distributed to the other
 * threads.
 *
 * @throws the error of the first layer that fails; the signal's reason
 */
export async function readInThreads(
  jobs: readonly LayerJob[],
  { wanted, budget, signal, onReading }: ThreadSettings,
  done: Done,
): Promise<void> {
  const sorted = jobs.toSorted((a, b) => b.request.size - a.request.size);
  const files = new LayerQueue(sorted.filter(isFile));
  const downloads = sorted.filter(isDownload);
  const hasDownloads = downloads.length > 0;
  const threads = Math.min(availableParallelism(), jobs.length);
  const others = hasDownloads ? threads : threads - 1;
  const lanes = Math.min(Math.max(threads, DOWNLOADS), downloads.length);
  const workers: LayerWorker[] = [];
  const failed = new AbortController();
  const stop = AbortSignal.any([failed.signal, ...(signal === undefined ? [] : [signal])]);
  stop.addEventListener("abort", () => void close(workers, stop.reason));
  const readInOther = async (thread: number): Promise<void> => {
    if (stop.aborted || (files.isEmpty && downloads.length === 0)) return;
    const worker = new LayerWorker({ selectors: wanted.selectors, budget: budget.shared, files }, done);
    workers.push(worker);
    void worker.started.then(() => onReading?.(true));
    await work(worker, Math.ceil((lanes - thread) / others), downloads);
  };
  const reading = Array.from({ length: others }, (_, thread) => THREADS.run(() => readInOther(thread)));
  // Called last, since it blocks this thread until its first turn ends.
  const own = hasDownloads ? Promise.resolve() : readInline(files, wanted, budget, done, stop);
  try {
    await Promise.all([own, ...reading]);
    stop.throwIfAborted();
  } catch (error) {
    files.clear();
    downloads.length = 0;
    failed.abort(new Error("another layer could not be read"));
    await Promise.allSettled([own, close(workers, failed.signal.reason)]);
    throw error;
  }
}

function isFile(job: LayerJob): job is FileJob {
  return job.bytes.kind === "file";
}

function isDownload(job: LayerJob): job is DownloadJob {
  return job.bytes.kind === "stream";
}

/** Ends the thread when no work is left, to free its 25 MB. The end takes 10 ms and is not awaited. */
async function work(worker: LayerWorker, lanes: number, downloads: DownloadJob[]): Promise<void> {
  await Promise.all([
    worker.readFiles(),
    ...Array.from({ length: lanes }, () => readNext(worker, downloads)),
  ]);
  void worker.close(undefined);
}

async function readNext(worker: LayerWorker, downloads: DownloadJob[]): Promise<void> {
  for (let job = downloads.shift(); job !== undefined; job = downloads.shift()) {
    const layer = job;
    await readAgainIfCorrupt(layer.bytes, (bytes) => worker.readDownload({ ...layer, bytes }));
  }
}

async function close(workers: readonly LayerWorker[], reason: unknown): Promise<void> {
  await Promise.all(workers.map((worker) => worker.close(reason)));
}
