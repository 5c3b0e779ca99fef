import type { MessagePort } from "node:worker_threads";
import type { Compressed } from "./sync-inflater.ts";

/** What the thread that inflates is asked; all but `open` and `close` are answered once each. */
export type InflateRequest =
  | { readonly type: "open"; readonly id: number; readonly format: Compressed }
  | { readonly type: "write"; readonly id: number; readonly bytes: Uint8Array }
  /** The rest of what a write gives, after a piece of it. */
  | { readonly type: "more"; readonly id: number }
  | { readonly type: "finish"; readonly id: number }
  | { readonly type: "close"; readonly id: number };

export type InflateAnswer =
  | { readonly type: "piece"; readonly bytes: Uint8Array }
  /** The write is done; what was not consumed stands behind the stream's end. */
  | { readonly type: "written"; readonly consumed: number }
  | { readonly type: "finished"; readonly isWhole: boolean }
  | { readonly type: "failed"; readonly message: string };

export interface InflateSettings {
  readonly port: MessagePort;
  /** Counts the answers, for whoever waits. */
  readonly answers: Int32Array<SharedArrayBuffer>;
}
