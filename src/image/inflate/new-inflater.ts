import type { Compressed, SyncInflater } from "./sync-inflater.ts";
import { ThreadedZlib } from "./threaded-zlib.ts";
import { ZlibHandle } from "./zlib-handle.ts";

/** By the handle of node:zlib, which is fast, or, in a Node that has none such, by what it documents (ADR 0005). */
export function newInflater(format: Compressed): SyncInflater {
  return ZlibHandle.open(format) ?? new ThreadedZlib(format);
}
