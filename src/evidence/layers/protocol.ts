import type { FileSelector } from "../../contract/file-selector.ts";
import type { FileRange } from "../../image/layer/blocks.ts";
import type { Failure } from "../../image/layer/failure.ts";
import type { LayerRequest } from "./layer-task.ts";

/** What a worker is started with. */
export interface WorkerSettings {
  readonly selectors: readonly FileSelector[];
  /** Memory of the ImageBudget. */
  readonly budget: SharedArrayBuffer;
}

/** `task` tells apart the layers that one worker reads at the same time. */
export type ToWorker =
  | {
      readonly type: "file";
      readonly task: number;
      readonly request: LayerRequest;
      readonly range: FileRange;
      /** No layer waits to be read. */
      readonly isLast: boolean;
    }
  | { readonly type: "open"; readonly task: number; readonly request: LayerRequest }
  /** The memory is transferred; the worker sends it back. */
  | { readonly type: "chunk"; readonly task: number; readonly memory: ArrayBuffer; readonly length: number }
  | { readonly type: "end"; readonly task: number };

export type FromWorker =
  /** As formatFacts() gives them; transferred. */
  | { readonly type: "facts"; readonly task: number; readonly facts: Uint8Array<ArrayBuffer> }
  | { readonly type: "failure"; readonly task: number; readonly failure: Failure }
  | { readonly type: "taken"; readonly task: number; readonly memory: ArrayBuffer };
