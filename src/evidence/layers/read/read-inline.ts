import { setImmediate } from "node:timers/promises";
import { closeIdle } from "../../../image/inflate/zlib-handle.ts";
import { CHUNK_BYTES, readBlocks } from "../../../image/layer/blocks.ts";
import type { ImageBudget } from "../../../image/layer/budget.ts";
import { readAgainIfCorrupt } from "../../../image/layer/read-again.ts";
import type { WantedContent } from "../analyzers/wanted-content.ts";
import type { SomeFacts } from "../facts/facts.ts";
import { type Done, type LayerJob, nameErrors } from "./job.ts";
import type { LayerQueue } from "./layer-queue.ts";
import { LayerTask } from "./layer-task.ts";

/** Bytes read between two turns of the event loop, in which signals and progress are handled. */
const TURN_BYTES = 16 * CHUNK_BYTES;

/**
 * Reads the layers of a queue on this thread until the queue is empty; faster than threads for small images.
 */
export async function readInline(
  queue: LayerQueue<LayerJob>,
  wanted: WantedContent,
  budget: ImageBudget,
  done: Done,
  signal?: AbortSignal,
): Promise<void> {
  for (let job = queue.take(); job !== undefined; job = queue.take()) {
    const { request } = job;
    const reading = readAgainIfCorrupt(job.bytes, async (bytes) => {
      const task = new LayerTask(request, wanted, budget);
      return read(bytes, task, signal).finally(() => task.close());
    });
    const facts = await nameErrors(job, reading);
    // Frees memory before the facts, which need some, are stored.
    if (queue.isEmpty) closeIdle();
    done(job, facts);
  }
}

async function read(bytes: LayerJob["bytes"], task: LayerTask, signal?: AbortSignal): Promise<SomeFacts> {
  let untilTurn = TURN_BYTES;
  for await (const chunk of bytes.kind === "file" ? readBlocks(bytes) : await bytes.open()) {
    signal?.throwIfAborted();
    task.push(chunk);
    untilTurn -= chunk.length;
    if (untilTurn > 0) continue;
    untilTurn = TURN_BYTES;
    await setImmediate();
  }
  return task.end();
}
