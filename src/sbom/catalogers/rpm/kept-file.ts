import { deflateRawSync, inflateRawSync } from "node:zlib";
import { LIMITS } from "../../../contract/limits.ts";
import { LruCache } from "./lru-cache.ts";

/**
 * Bytes of a piece. Pages of SQLite and Berkeley DB are powers of two up to 64 KiB, so no piece splits a
 * page.
 */
const PIECE_BYTES = 64 * 1024;
/** Bytes kept uncompressed; later bytes are deflated, which takes time. */
const PLAIN_BYTES = 8 * 1024 ** 2;
/** Maximum number of inflated pieces in memory: the pieces used last. */
const INFLATED_PIECES = 16;

/** Error for a file that needs more memory than allowed. */
export class TooLong extends Error {}

/**
 * A file kept in memory while it is streamed, so that it can be read at any offset afterwards, as databases
 * require. Large files are kept deflated, but for a few pieces.
 */
export class KeptFile {
  readonly size: number;
  readonly #pieces: (Buffer | undefined)[] = [];
  readonly #deflated = new Set<number>();
  readonly #inflated = new LruCache<number, Buffer>(INFLATED_PIECES);
  /** Buffer of the current piece, reused, since garbage is collected late. */
  readonly #piece = Buffer.alloc(PIECE_BYTES);
  #index = 0;
  #isBegun = false;
  #kept = 0;

  readonly #most: number;

  /**
   * @param size size of the file in bytes
   * @param most bytes of memory
   */
  constructor(size: number, most: number = LIMITS.packageDatabaseMemoryBytes) {
    this.size = size;
    this.#most = most;
  }

  /**
   * Adds bytes.
   *
   * @param offset offset, not before that of earlier bytes; gaps become zeros
   * @throws TooLong beyond the memory allowed
   */
  push(bytes: Uint8Array, offset: number): void {
    for (let at = 0; at < bytes.length; ) {
      const place = offset + at;
      const index = Math.floor(place / PIECE_BYTES);
      if (index !== this.#index) this.#keep();
      this.#index = index;
      this.#isBegun = true;
      const from = place % PIECE_BYTES;
      const part = bytes.subarray(at, at + PIECE_BYTES - from);
      this.#piece.set(part, from);
      at += part.length;
    }
  }

  end(): void {
    this.#keep();
  }

  /** Bytes at an offset. @throws RangeError if they are not all in the file */
  read(offset: number, length: number): Buffer {
    if (offset < 0 || length < 0 || offset + length > this.size) throw new RangeError("beyond the end");
    const from = offset % PIECE_BYTES;
    if (from + length <= PIECE_BYTES) {
      return this.#at(Math.floor(offset / PIECE_BYTES)).subarray(from, from + length);
    }
    const bytes = Buffer.alloc(length);
    for (let at = 0; at < length; ) {
      const place = offset + at;
      const within = place % PIECE_BYTES;
      at += this.#at(Math.floor(place / PIECE_BYTES)).copy(bytes, at, within, within + length - at);
    }
    return bytes;
  }

  #keep(): void {
    if (!this.#isBegun) return;
    const isPlain = this.#kept + PIECE_BYTES <= PLAIN_BYTES;
    // Incompressible bytes grow slightly.
    const kept = isPlain
      ? Buffer.from(this.#piece)
      : deflateRawSync(this.#piece, { level: 1, chunkSize: 2 * PIECE_BYTES });
    if (!isPlain) this.#deflated.add(this.#index);
    this.#pieces[this.#index] = isPlain ? kept : Buffer.from(kept);
    this.#piece.fill(0);
    this.#isBegun = false;
    this.#kept += kept.length;
    if (this.#kept > this.#most) throw new TooLong();
  }

  /** Piece at this index, inflated if necessary. The last piece is padded with zeros; a hole consists of zeros. */
  #at(index: number): Buffer {
    const kept = this.#pieces[index];
    if (kept === undefined) return Buffer.alloc(PIECE_BYTES);
    if (!this.#deflated.has(index)) return kept;
    return this.#inflated.get(index, () => inflateRawSync(kept, { chunkSize: PIECE_BYTES }));
  }
}
