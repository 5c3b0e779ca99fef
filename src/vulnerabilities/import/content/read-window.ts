import { read } from "./zip-directory.ts";

const WINDOW_BYTES = 4 * 1024 ** 2;

/**
 * Buffered reads of a file at mostly consecutive offsets, so that thousands of reads need one system call.
 */
export class ReadWindow {
  readonly #descriptor: number;
  readonly #size: number;
  readonly #name: string;
  #start = 0;
  #length = 0;
  #bytes = Buffer.allocUnsafeSlow(WINDOW_BYTES);

  constructor(descriptor: number, size: number, name: string) {
    this.#descriptor = descriptor;
    this.#size = size;
    this.#name = name;
  }

  /** Bytes of the file, valid until the next call. @throws InvalidInputError feed-archive-damaged */
  at(offset: number, length: number): Buffer {
    const from = offset - this.#start;
    if (from >= 0 && from + length <= this.#length) return this.#bytes.subarray(from, from + length);
    if (length > this.#bytes.length) this.#bytes = Buffer.allocUnsafeSlow(length);
    this.#length = Math.max(length, Math.min(this.#bytes.length, this.#size - offset));
    read(this.#descriptor, offset, this.#length, this.#name, this.#bytes);
    this.#start = offset;
    return this.#bytes.subarray(0, length);
  }
}
