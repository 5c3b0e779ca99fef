// The thread that reads layers: dist/layer-worker.js when bundled. It does one thing at a time, so
// that inflate and SHA-256 run synchronously, at full speed.

import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { readBlocks } from "../../image/layer/blocks.ts";
import { ImageBudget } from "../../image/layer/budget.ts";
import { failureOf } from "../../image/layer/failure.ts";
import { closeIdle } from "../../image/layer/zlib-handle.ts";
import { formatFacts } from "./facts-bytes.ts";
import { LayerTask } from "./layer-task.ts";
import type { FromWorker, ToWorker, WorkerSettings } from "./protocol.ts";
import { WantedContent } from "./wanted-content.ts";

if (parentPort !== null) serve(parentPort, workerData as WorkerSettings);

function serve(port: MessagePort, settings: WorkerSettings): void {
  const wanted = new WantedContent(settings.selectors);
  const budget = new ImageBudget(settings.budget);
  const tasks = new Map<number, LayerTask>();
  port.on("message", (message: ToWorker) => {
    const { task: id } = message;
    try {
      const facts = handle(message);
      if (facts !== undefined) post({ type: "facts", task: id, facts }, facts.buffer);
    } catch (error) {
      close(id);
      post({ type: "failure", task: id, failure: failureOf(error) });
    }
    // Also after a failure: the main thread waits for its memory.
    if (message.type === "chunk") post({ type: "taken", task: id, memory: message.memory }, message.memory);
  });

  function handle(message: ToWorker): Uint8Array<ArrayBuffer> | undefined {
    if (message.type === "file" || message.type === "open") {
      tasks.set(message.task, new LayerTask(message.request, wanted, budget));
    }
    const task = tasks.get(message.task);
    // Chunks that were under way when their layer failed.
    if (task === undefined || message.type === "open") return undefined;
    if (message.type === "chunk") {
      task.push(new Uint8Array(message.memory, 0, message.length));
      return undefined;
    }
    if (message.type === "file") for (const block of readBlocks(message.range)) task.push(block);
    const facts = task.end();
    close(message.task);
    if (message.type === "file" && message.isLast) closeIdle();
    return formatFacts(facts);
  }

  function close(id: number): void {
    tasks.get(id)?.close();
    tasks.delete(id);
  }

  function post(message: FromWorker, ...transfer: ArrayBuffer[]): void {
    port.postMessage(message, transfer);
  }
}
