import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
  type ZlibOptions,
} from "node:zlib";
import type { Compressed } from "./sync-inflater.ts";

/** Public node:zlib stream for a format. */
export function newZlibStream(format: Compressed, options: Pick<ZlibOptions, "chunkSize"> = {}) {
  switch (format) {
    case "gzip":
      return createGunzip(options);
    case "zlib":
      return createInflate(options);
    case "deflate":
      return createInflateRaw(options);
    case "brotli":
      return createBrotliDecompress(options);
    default:
      return createZstdDecompress(options);
  }
}
