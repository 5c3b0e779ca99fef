/** RFC 1952, 8878, 1950 (zlib), 1951 (deflate, as zip holds it), 7932. */
export type Compressed = "gzip" | "zstd" | "zlib" | "deflate" | "brotli";

export const OUTPUT_BYTES = 256 * 1024;

/** What one call of a decompressor did. */
export interface Written {
  readonly consumed: number;
  /** Bytes now at the beginning of `output`. */
  readonly produced: number;
}

/** Unpacks one stream while the caller waits, a bounded piece at a time. */
export interface SyncInflater {
  /** Valid until the next call. */
  readonly output: Uint8Array;
  /**
   * To be called with what is left of the input until it is consumed; what is neither consumed nor
   * gives anything stands behind the stream's end.
   *
   * @throws Error of node:zlib: the input is corrupt
   */
  write(input: Uint8Array, offset: number): Written;
  /** Whether the input ended where a stream, a gzip member or a zstd frame does. The output is lost, and nothing more may be written. */
  finish(): boolean;
  /** @param isWhole everything that came out was verified, so that the stream stands behind the end of a frame */
  close(isWhole: boolean): void;
}
