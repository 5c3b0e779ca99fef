import type { MessagePort } from "node:worker_threads";
import type { Compressed } from "./sync-inflater.ts";

/** Requests to the inflating thread; all except `open` and `close` get one answer each. */
export type InflateRequest =
  | { readonly type: "open"; readonly id: number; readonly format: Compressed }
  | { readonly type: "write"; readonly id: number; readonly bytes: Uint8Array }
  /** Requests the remaining output of a write. */
  | { readonly type: "more"; readonly id: number }
  | { readonly type: "finish"; readonly id: number }
  | { readonly type: "close"; readonly id: number };

export type InflateAnswer =
  | { readonly type: "piece"; readonly bytes: Uint8Array }
  /** The write is complete; input that was not consumed is after the stream's end. */
  | { readonly type: "written"; readonly consumed: number }
  | { readonly type: "finished"; readonly isWhole: boolean }
  | { readonly type: "failed"; readonly message: string };

export interface InflateSettings {
  readonly port: MessagePort;
  /** Number of answers, for the waiting thread. */
  readonly answers: Int32Array<SharedArrayBuffer>;
}
