/** Compression formats: RFC 1952, 8878, 1950 (zlib), 1951 (deflate, as in zip), 7932. */
export type Compressed = "gzip" | "zstd" | "zlib" | "deflate" | "brotli";

export const OUTPUT_BYTES = 256 * 1024;

/** Result of one call of a decompressor. */
export interface Written {
  readonly consumed: number;
  /** Number of bytes at the beginning of `output`. */
  readonly produced: number;
}

/** Decompresses one stream synchronously, in bounded pieces. */
export interface SyncInflater {
  /** Output of the last call, valid until the next. */
  readonly output: Uint8Array;
  /**
   * Processes input; to be called with the rest until all is consumed. Input that is neither consumed nor
   * produces output is after the stream's end.
   *
   * @throws Error of node:zlib for corrupt input
   */
  write(input: Uint8Array, offset: number): Written;
  /**
   * Whether the input ended at the end of a stream, gzip member or zstd frame. Discards the output; nothing
   * more may be written.
   */
  finish(): boolean;
  /** @param isWhole whether all output was verified, so that the stream is at the end of a frame */
  close(isWhole: boolean): void;
}
