import type { KeptFile } from "./kept-file.ts";

/** Pages of a database, each read once: a page used twice means a cycle. */
export class Pages {
  readonly size: number;
  readonly #file: KeptFile;
  readonly #seen = new Set<number>();
  #content = Buffer.alloc(0);

  /** @param size size of a page in bytes */
  constructor(file: KeptFile, size: number) {
    this.#file = file;
    this.size = size;
  }

  /**
   * Page, marked as used.
   *
   * @param index index of the page, from 0
   * @throws Error if it was used before, or is beyond the end
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

  /** Checks the number of pages. @throws Error if the file has fewer pages */
  expect(count: number): void {
    if (count * this.size > this.#file.size) throw new Error("pages are missing");
  }

  /**
   * Buffer for content that spans several pages, valid until the next call: separate buffers for thousands of
   * large contents would be collected too late.
   *
   * @throws Error if no content can be that long
   */
  content(length: number): Buffer {
    if (length > this.#file.size) throw new Error("longer than the file");
    if (length > this.#content.length) this.#content = Buffer.alloc(length);
    return this.#content.subarray(0, length);
  }
}

/** Page size. @throws Error if it is not a power of two in the allowed range */
export function pageSize(value: number): number {
  if (value < 512 || value > 65_536 || (value & (value - 1)) !== 0) throw new Error("no size of a page");
  return value;
}
