import type { ContentSink } from "../../../archives/content/content-sink.ts";

/** Passes content to another sink, keeps its beginning, and reports the beginning at the end. */
export class HeadContent implements ContentSink {
  readonly #inner: ContentSink;
  readonly #most: number;
  readonly #ended: (head: Uint8Array, size: number) => void;
  readonly #parts: Buffer[] = [];
  #kept = 0;
  #size = 0;

  /**
   * @param most bytes to keep
   * @param ended receives the beginning, valid during the call, and the length of the content
   */
  constructor(inner: ContentSink, most: number, ended: (head: Uint8Array, size: number) => void) {
    this.#inner = inner;
    this.#most = most;
    this.#ended = ended;
  }

  whole(bytes: Uint8Array): void {
    this.#inner.whole(bytes);
    this.#ended(bytes.subarray(0, this.#most), bytes.length);
  }

  push(bytes: Uint8Array): void {
    const part = bytes.subarray(0, this.#most - this.#kept);
    if (part.length > 0) this.#parts.push(Buffer.from(part));
    this.#kept += part.length;
    this.#size += bytes.length;
    this.#inner.push(bytes);
  }

  end(): void {
    this.#inner.end();
    this.#ended(Buffer.concat(this.#parts), this.#size);
  }
}
