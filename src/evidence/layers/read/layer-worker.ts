import { type Transferable, Worker } from "node:worker_threads";
import { errorOf } from "../../../image/layer/failure.ts";
import { ChunkPool, sendStream } from "./chunk-pool.ts";
import { type Done, type DownloadJob, type LayerJob, namingLayer } from "./job.ts";
import type { FromWorker, ToWorker, WorkerSettings } from "./protocol.ts";

/** In the bundle, the worker is a separate entry beside this module's chunk. */
const WORKER = new URL(
  import.meta.url.endsWith(".ts") ? "./worker.ts" : "./layer-worker.cjs",
  import.meta.url,
);

/**
 * Memory limits of a worker: facts of a million entries need some 400 MB; the young generation is small,
 * because it stays resident.
 */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 1_024, maxYoungGenerationSizeMb: 2 };

interface Download {
  readonly job: DownloadJob;
  readonly read: PromiseWithResolvers<void>;
  readonly chunks: ChunkPool;
}

/**
 * Handle of a worker thread for the main thread: the worker reads files of its queue, and downloads sent to
 * it. The caller must close it in any case.
 */
export class LayerWorker {
  readonly #worker: Worker;
  readonly #files: readonly LayerJob[];
  readonly #done: Done;
  readonly #started = Promise.withResolvers<void>();
  readonly #filesRead = Promise.withResolvers<void>();
  readonly #downloads = new Map<number, Download>();
  #gone: { readonly reason: unknown } | undefined;

  /** @param done called with the sealed facts of each layer */
  constructor(settings: WorkerSettings, done: Done) {
    this.#files = settings.files.jobs;
    this.#done = done;
    // Marks a rejection as handled: the promise may fail before it is awaited.
    this.#filesRead.promise.catch(() => undefined);
    this.#worker = new Worker(WORKER, {
      workerData: settings,
      name: "layer-worker",
      resourceLimits: RESOURCE_LIMITS,
    });
    this.#worker.on("message", (message: FromWorker) => this.#receive(message));
    this.#worker.on("error", (error) => this.#end(error));
    this.#worker.on("exit", (code) => this.#end(new Error(`worker thread ended with ${code}`)));
  }

  /** Resolves when the thread has loaded its code. */
  get started(): Promise<void> {
    return this.#started.promise;
  }

  /**
   * Resolves when the queue is empty and all files taken by this thread are read.
   *
   * @throws the errors of LayerReader, same class, with the layer's name
   */
  async readFiles(): Promise<void> {
    return this.#filesRead.promise;
  }

  /** @throws the errors of LayerReader, same class, and of the stream, with the layer's name */
  async readDownload(job: DownloadJob): Promise<void> {
    const layer = job.index;
    const { read, chunks } = this.#begin(job);
    try {
      const stream = await job.bytes.open();
      this.#post({ kind: "open", layer, request: job.request });
      await sendStream(stream, chunks, (memory, length) =>
        this.#post({ kind: "chunk", layer, memory, length }, [memory]),
      );
      this.#post({ kind: "end", layer });
    } catch (error) {
      this.#fail(layer, error);
    }
    return read.promise;
  }

  async close(reason: unknown): Promise<void> {
    this.#end(reason);
    await this.#worker.terminate();
  }

  #begin(job: DownloadJob): Download {
    const download = { job, read: Promise.withResolvers<void>(), chunks: new ChunkPool() };
    // Marks a rejection as handled: it may occur while the stream is still being read.
    download.read.promise.catch(() => undefined);
    this.#downloads.set(job.index, download);
    if (this.#gone !== undefined) this.#fail(job.index, this.#gone.reason);
    return download;
  }

  #receive(message: FromWorker): void {
    if (message.kind === "started") return this.#started.resolve();
    if (message.kind === "files-read") return this.#filesRead.resolve();
    const { layer } = message;
    const download = this.#downloads.get(layer);
    if (message.kind === "taken") return download?.chunks.give(message.memory);
    if (message.kind === "failure") return this.#fail(layer, errorOf(message.failure));
    try {
      const job = this.#jobOf(layer);
      if (job !== undefined) this.#done(job, message.facts);
    } catch (error) {
      return this.#fail(layer, error);
    }
    this.#downloads.delete(layer);
    download?.read.resolve();
  }

  #fail(layer: number, error: unknown): void {
    const download = this.#downloads.get(layer);
    const job = this.#jobOf(layer);
    const named = job === undefined ? error : namingLayer(error, job);
    this.#downloads.delete(layer);
    download?.chunks.fail(named);
    (download?.read ?? this.#filesRead).reject(named);
  }

  #jobOf(layer: number): LayerJob | undefined {
    return this.#downloads.get(layer)?.job ?? this.#files.find(({ index }) => index === layer);
  }

  #end(reason: unknown): void {
    this.#gone ??= { reason };
    this.#filesRead.reject(this.#gone.reason);
    for (const layer of this.#downloads.keys()) this.#fail(layer, this.#gone.reason);
  }

  #post(message: ToWorker, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}
