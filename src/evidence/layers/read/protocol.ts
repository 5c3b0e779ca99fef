import type { FileSelector } from "../../../contract/file-selector.ts";
import type { Failure } from "../../../image/layer/failure.ts";
import type { SealedFacts } from "../cache/layer-entry.ts";
import type { FileJob } from "./job.ts";
import type { LayerQueue } from "./layer-queue.ts";
import type { LayerRequest } from "./layer-task.ts";

/** Start parameters of a worker. */
export interface WorkerSettings {
  readonly selectors: readonly FileSelector[];
  /** Shared memory of the ImageBudget. */
  readonly budget: SharedArrayBuffer;
  /**
   * Queue from which the worker takes layers before it handles messages: a clone with the same shared
   * counter.
   */
  readonly files: Pick<LayerQueue<FileJob>, "jobs" | "taken">;
}

/** Messages to a worker. `layer`, the index in the image, identifies concurrent downloads. */
export type ToWorker =
  | { readonly kind: "open"; readonly layer: number; readonly request: LayerRequest }
  /** A chunk, whose memory is transferred and sent back by the worker. */
  | { readonly kind: "chunk"; readonly layer: number; readonly memory: ArrayBuffer; readonly length: number }
  | { readonly kind: "end"; readonly layer: number };

export type FromWorker =
  /** The worker's code is loaded. */
  | { readonly kind: "started" }
  /** Facts, whose memory is transferred. */
  | { readonly kind: "facts"; readonly layer: number; readonly facts: SealedFacts }
  | { readonly kind: "failure"; readonly layer: number; readonly failure: Failure }
  | { readonly kind: "taken"; readonly layer: number; readonly memory: ArrayBuffer }
  /** The queue of files is empty. */
  | { readonly kind: "files-read" };
