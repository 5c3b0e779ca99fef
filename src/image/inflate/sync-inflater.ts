/** RFC 1952, 8878, 1950 (zlib), 1951 (deflate, as zip holds it), 7932. */
export type Compressed = "gzip" | "zstd" | "zlib" | "deflate" | "brotli";

export const OUTPUT_BYTES = 256 * 1024;

/** Result of one call of a decompressor. */
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
   * Processes input; to be called with the rest until all is consumed. Input that is neither consumed nor
   * produces output is after the stream's end.
   *
   * @throws Error of node:zlib for corrupt input
   */
  write(input: Uint8Array, offset: number): Written;
  /** Whether the input ended where a stream, a gzip member or a zstd frame does. The output is lost, and nothing more may be written. */
  finish(): boolean;
  /** @param isWhole all output was verified, so the stream is at the end of a frame */
  close(isWhole: boolean): void;
}
