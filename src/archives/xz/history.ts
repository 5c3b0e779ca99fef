import { Unreadable } from "../content/unreadable.ts";

/** Maximum number of bytes that are written before they are passed on: a chunk of LZMA2. */
const CHUNK = 2 * 1024 ** 2;
const FIRST = 64 * 1024;

/** The latest unpacked bytes, from which matches are copied. */
export class History {
  readonly #size: number;
  #bytes = Buffer.allocUnsafe(FIRST);
  #at = 0;
  #begun = 0;

  /** @param size maximum distance of matches, in bytes */
  constructor(size: number) {
    this.#size = size;
  }

  reset(): void {
    this.#at = 0;
  }

  /** Makes room for a chunk of this many bytes. */
  begin(length: number): void {
    if (this.#at + length > this.#size + CHUNK) {
      this.#bytes.copyWithin(0, this.#at - this.#size, this.#at);
      this.#at = this.#size;
    }
    this.#begun = this.#at;
    const needed = this.#at + length;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, Math.min(2 * this.#bytes.length, this.#size + CHUNK)));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }

  /** Bytes written since begin(), valid until the next call. */
  get written(): Buffer {
    return this.#bytes.subarray(this.#begun, this.#at);
  }

  get count(): number {
    return this.#at - this.#begun;
  }

  /**
   * Byte at a distance.
   *
   * @param back distance; 0 is the last written byte
   * @returns 0 if the history is shorter
   */
  byte(back: number): number {
    return this.#at > back ? (this.#bytes[this.#at - back - 1] as number) : 0;
  }

  put(byte: number): void {
    this.#bytes[this.#at++] = byte;
  }

  putAll(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** Copies a match. @throws Unreadable damaged, if fewer bytes were written */
  repeat(back: number, length: number): void {
    if (back >= this.#at || back >= this.#size) throw new Unreadable("damaged");
    let from = this.#at - back - 1;
    for (let left = length; left > 0; left--) this.#bytes[this.#at++] = this.#bytes[from++] as number;
  }
}
