import type { MessagePort } from "node:worker_threads";
import type { Compressed } from "./sync-inflater.ts";

/** Requests to the inflating thread; all except `open` and `close` get one answer each. */
export type InflateRequest =
  | { readonly kind: "open"; readonly id: number; readonly format: Compressed }
  | { readonly kind: "write"; readonly id: number; readonly bytes: Uint8Array }
  /** Requests the remaining output of a write. */
  | { readonly kind: "more"; readonly id: number }
  | { readonly kind: "finish"; readonly id: number }
  | { readonly kind: "close"; readonly id: number };

export type InflateAnswer =
  | { readonly kind: "piece"; readonly bytes: Uint8Array }
  /** The write is complete; input that was not consumed is after the stream's end. */
  | { readonly kind: "written"; readonly consumed: number }
  | { readonly kind: "finished"; readonly isWhole: boolean }
  | { readonly kind: "failed"; readonly message: string };

export interface InflateSettings {
  readonly port: MessagePort;
  /** Number of answers, for the waiting thread. */
  readonly answers: Int32Array<SharedArrayBuffer>;
}
