// Thread that reads layers: dist/layer-worker.cjs in the bundle. Messages are handled one at a time, so that
// inflate and SHA-256 run synchronously, at full speed.

import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { closeIdle } from "../../../image/inflate/zlib-handle.ts";
import { readBlocks } from "../../../image/layer/blocks.ts";
import { ImageBudget } from "../../../image/layer/budget.ts";
import { failureOf } from "../../../image/layer/failure.ts";
import { WantedContent } from "../analyzers/wanted-content.ts";
import { sealFacts } from "../cache/layer-entry.ts";
import type { SomeFacts } from "../facts/facts.ts";
import type { FileJob } from "./job.ts";
import { LayerQueue } from "./layer-queue.ts";
import { type LayerRequest, LayerTask } from "./layer-task.ts";
import type { FromWorker, ToWorker, WorkerSettings } from "./protocol.ts";

if (parentPort !== null) serve(parentPort, workerData as WorkerSettings);

function serve(port: MessagePort, settings: WorkerSettings): void {
  const wanted = new WantedContent(settings.selectors);
  const budget = new ImageBudget(settings.budget);
  const files = new LayerQueue(settings.files.jobs, settings.files.taken);
  const downloads = new Map<number, LayerTask>();

  post({ kind: "started" });
  for (let job = files.take(); job !== undefined; job = files.take()) readFile(job);
  post({ kind: "files-read" });
  port.on("message", (message: ToWorker) => {
    const { layer } = message;
    try {
      handle(message);
    } catch (error) {
      close(layer);
      post({ kind: "failure", layer, failure: failureOf(error) });
    }
    // The chunk is sent back even after a failure, since the main thread waits for its memory.
    if (message.kind === "chunk") post({ kind: "taken", layer, memory: message.memory }, message.memory);
  });

  function readFile({ index, request, bytes }: FileJob): void {
    const task = newTask(request);
    try {
      for (const block of readBlocks(bytes)) task.push(block);
      const facts = task.end();
      task.close();
      // Frees memory before the facts, which need some, are serialised.
      if (files.isEmpty) closeIdle();
      postFacts(index, request, facts);
    } catch (error) {
      task.close();
      post({ kind: "failure", layer: index, failure: failureOf(error) });
    }
  }

  function handle(message: ToWorker): void {
    if (message.kind === "open") downloads.set(message.layer, newTask(message.request));
    const task = downloads.get(message.layer);
    // The chunk was sent before its layer failed.
    if (task === undefined) return;
    if (message.kind === "chunk") task.push(Buffer.from(message.memory, 0, message.length));
    if (message.kind !== "end") return;
    const facts = task.end();
    close(message.layer);
    postFacts(message.layer, task.request, facts);
  }

  function newTask(request: LayerRequest): LayerTask {
    return new LayerTask(request, wanted, budget);
  }

  function close(layer: number): void {
    downloads.get(layer)?.close();
    downloads.delete(layer);
  }

  function postFacts(layer: number, request: LayerRequest, facts: SomeFacts): void {
    const sealed = sealFacts(request, facts);
    post({ kind: "facts", layer, facts: sealed }, ...[...sealed.values()].map(({ buffer }) => buffer));
  }

  function post(message: FromWorker, ...transfer: ArrayBuffer[]): void {
    port.postMessage(message, transfer);
  }
}
