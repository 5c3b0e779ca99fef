import type { Compressed, SyncInflater } from "./sync-inflater.ts";
import { ThreadedZlib } from "./threaded-zlib.ts";
import { ZlibHandle } from "./zlib-handle.ts";

/** Fast inflater on node:zlib's internal handle; on a Node without it, the public interface (ADR 0005). */
export function newInflater(format: Compressed): SyncInflater {
  return ZlibHandle.open(format) ?? new ThreadedZlib(format);
}
