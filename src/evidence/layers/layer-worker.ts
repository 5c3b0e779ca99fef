import { type Transferable, Worker } from "node:worker_threads";
import type { FileRange } from "../../image/layer/blocks.ts";
import { errorOf } from "../../image/layer/failure.ts";
import { ChunkPool, sendStream } from "./chunk-pool.ts";
import type { LayerRequest } from "./layer-task.ts";
import type { FromWorker, ToWorker, WorkerSettings } from "./protocol.ts";

/** In the bundle the worker is an entry of its own, beside the chunk that holds this module. */
const WORKER = new URL(
  import.meta.url.endsWith(".ts") ? "./worker.ts" : "./layer-worker.js",
  import.meta.url,
);

/** Facts of a million entries need some 400 MB; the young generation is small, because it stays resident. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 1_024, maxYoungGenerationSizeMb: 2 };

interface Task {
  readonly outcome: PromiseWithResolvers<Uint8Array>;
  readonly chunks: ChunkPool;
}

/** One worker thread, seen from the main thread. Close it, however the reading ends. */
export class LayerWorker {
  readonly #worker: Worker;
  readonly #tasks = new Map<number, Task>();
  #lastId = 0;
  #gone: { readonly reason: unknown } | undefined;

  constructor(settings: WorkerSettings) {
    this.#worker = new Worker(WORKER, {
      workerData: settings,
      name: "layer-worker",
      resourceLimits: RESOURCE_LIMITS,
    });
    this.#worker.on("message", (message: FromWorker) => this.#receive(message));
    this.#worker.on("error", (error) => this.#end(error));
    this.#worker.on("exit", (code) => this.#end(new Error(`worker thread ended with ${code}`)));
  }

  /**
   * Gives the facts as formatFacts() does.
   *
   * @throws what LayerReader throws, of the same class
   */
  async readFile(request: LayerRequest, range: FileRange, isLast: boolean): Promise<Uint8Array> {
    const { id, task } = this.#begin();
    this.#post({ type: "file", task: id, request, range, isLast });
    return task.outcome.promise;
  }

  /**
   * Gives the facts as formatFacts() does.
   *
   * @throws what LayerReader throws, of the same class; what the stream throws
   */
  async readStream(request: LayerRequest, stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
    const { id, task } = this.#begin();
    this.#post({ type: "open", task: id, request });
    try {
      await sendStream(stream, task.chunks, (memory, length) =>
        this.#post({ type: "chunk", task: id, memory, length }, [memory]),
      );
      this.#post({ type: "end", task: id });
    } catch (error) {
      this.#fail(id, error);
    }
    return task.outcome.promise;
  }

  async close(reason: unknown): Promise<void> {
    this.#end(reason);
    await this.#worker.terminate();
  }

  #begin(): { id: number; task: Task } {
    const task = { outcome: Promise.withResolvers<Uint8Array>(), chunks: new ChunkPool() };
    // It can fail while its stream is still being read, before anyone awaits it.
    task.outcome.promise.catch(() => undefined);
    this.#lastId++;
    this.#tasks.set(this.#lastId, task);
    if (this.#gone !== undefined) this.#fail(this.#lastId, this.#gone.reason);
    return { id: this.#lastId, task };
  }

  #receive(message: FromWorker): void {
    const task = this.#tasks.get(message.task);
    if (message.type === "taken") return task?.chunks.give(message.memory);
    if (message.type === "failure") return this.#fail(message.task, errorOf(message.failure));
    this.#tasks.delete(message.task);
    task?.outcome.resolve(message.facts);
  }

  #fail(id: number, error: unknown): void {
    const task = this.#tasks.get(id);
    this.#tasks.delete(id);
    task?.outcome.reject(error);
    task?.chunks.fail(error);
  }

  #end(reason: unknown): void {
    this.#gone ??= { reason };
    for (const id of this.#tasks.keys()) this.#fail(id, this.#gone.reason);
  }

  #post(message: ToWorker, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}
