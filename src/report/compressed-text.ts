import { deflateRawSync, inflateRawSync } from "node:zlib";

/** Bytes deflated together; a shorter text is not deflated. */
const BLOCK_BYTES = 256 * 1024;
/** Maximum number of UTF-8 bytes of a UTF-16 unit. */
const UNIT_BYTES = 3;
/** Separator, which no report contains, since visible() escapes all control characters. */
const BETWEEN = "\0";

/**
 * Stores texts as deflated bytes until preceding texts are complete. Sections are similar, so they shrink to
 * a tenth. A string would keep all its pieces in memory.
 */
export class CompressedText implements Iterable<string> {
  readonly #deflated: Uint8Array[] = [];
  #block = Buffer.alloc(0);
  #length = 0;

  add(text: string): void {
    const room = (text.length + 1) * UNIT_BYTES;
    if (this.#length + room > this.#block.length) this.#next(room);
    this.#length += this.#block.write(`${text}${BETWEEN}`, this.#length);
  }

  /** Texts in the order in which they were added. */
  *[Symbol.iterator](): Generator<string> {
    for (const block of this.#deflated) {
      yield* textsOf(inflateRawSync(block, { chunkSize: BLOCK_BYTES }).toString());
    }
    yield* textsOf(this.#block.toString("utf8", 0, this.#length));
  }

  /** Texts with the items at the same index in a list of the same length. */
  *beside<T>(items: readonly T[]): Generator<readonly [item: T, text: string]> {
    let index = 0;
    for (const text of this) {
      yield [items[index] as T, text];
      index += 1;
    }
  }

  #next(room: number): void {
    if (this.#length > 0) {
      const deflated = deflateRawSync(this.#block.subarray(0, this.#length), { level: 1 });
      // A copy, because zlib's result may be part of a larger buffer.
      this.#deflated.push(new Uint8Array(deflated));
    }
    this.#length = 0;
    const size = Math.max(BLOCK_BYTES, room);
    if (this.#block.length < size) this.#block = Buffer.alloc(size);
  }
}

function textsOf(block: string): readonly string[] {
  return block.split(BETWEEN).slice(0, -1);
}
