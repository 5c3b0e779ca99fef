import type { FileSelector } from "../../../contract/file-selector.ts";
import type { Failure } from "../../../image/layer/failure.ts";
import type { SealedFacts } from "../cache/layer-entry.ts";
import type { FileJob } from "./job.ts";
import type { LayerQueue } from "./layer-queue.ts";
import type { LayerRequest } from "./layer-task.ts";

/** What a worker is started with. */
export interface WorkerSettings {
  readonly selectors: readonly FileSelector[];
  /** Memory of the ImageBudget. */
  readonly budget: SharedArrayBuffer;
  /** From it the worker takes layers before it looks at its messages; a clone, but for the memory that is shared. */
  readonly files: Pick<LayerQueue<FileJob>, "jobs" | "taken">;
}

/** `layer`, its index in the image, tells apart the downloads that one worker reads at the same time. */
export type ToWorker =
  | { readonly type: "open"; readonly layer: number; readonly request: LayerRequest }
  /** The memory is transferred; the worker sends it back. */
  | { readonly type: "chunk"; readonly layer: number; readonly memory: ArrayBuffer; readonly length: number }
  | { readonly type: "end"; readonly layer: number };

export type FromWorker =
  /** Everything that it needs is loaded. */
  | { readonly type: "started" }
  /** Their memory is transferred. */
  | { readonly type: "facts"; readonly layer: number; readonly facts: SealedFacts }
  | { readonly type: "failure"; readonly layer: number; readonly failure: Failure }
  | { readonly type: "taken"; readonly layer: number; readonly memory: ArrayBuffer }
  /** No file is left in the queue. */
  | { readonly type: "files-read" };
