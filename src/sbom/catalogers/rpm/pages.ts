import type { KeptFile } from "./kept-file.ts";

/** Pages of a database, each read once: a page used twice means a cycle. */
export class Pages {
  readonly size: number;
  readonly #file: KeptFile;
  readonly #seen = new Set<number>();
  #content = Buffer.alloc(0);

  /** @param size bytes of a page */
  constructor(file: KeptFile, size: number) {
    this.#file = file;
    this.size = size;
  }

  /**
   * @param index from 0 on
   * @throws Error it was read before, or is beyond the end
   */
  take(index: number): Buffer {
    if (this.#seen.has(index)) throw new Error(`page ${index} is part of two things`);
    this.#seen.add(index);
    return this.look(index);
  }

  /** Page for inspection, which does not count as use. */
  look(index: number): Buffer {
    return this.#file.read(index * this.size, this.size);
  }

  /** @throws Error if the file has fewer pages */
  expect(count: number): void {
    if (count * this.size > this.#file.size) throw new Error("pages are missing");
  }

  /**
   * Room for a content that several pages hold, valid until the next is asked for: thousands of large
   * ones would be garbage before it is collected.
   *
   * @throws Error no content is as long
   */
  content(length: number): Buffer {
    if (length > this.#file.size) throw new Error("longer than the file");
    if (length > this.#content.length) this.#content = Buffer.alloc(length);
    return this.#content.subarray(0, length);
  }
}

/** @throws Error it is no power of two that pages have */
export function pageSize(value: number): number {
  if (value < 512 || value > 65_536 || (value & (value - 1)) !== 0) throw new Error("no size of a page");
  return value;
}
