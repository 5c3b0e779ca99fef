/** Keeps the beginning and the end of a stream of any length. */
export class HeadTailBuffer {
  readonly #half: number;
  readonly #head: Buffer;
  /** Ring buffer for bytes after the head: the byte at `offset` of the stream is at `offset % half`. */
  readonly #ring: Buffer;
  #bytes = 0;

  /** @param half number of bytes kept at each end */
  constructor(half: number) {
    this.#half = half;
    this.#head = Buffer.alloc(half);
    this.#ring = Buffer.alloc(half);
  }

  add(chunk: Buffer): void {
    const inHead = chunk.copy(this.#head, Math.min(this.#bytes, this.#half));
    this.#bytes += chunk.length;
    let rest = chunk.subarray(inHead).subarray(-this.#half);
    while (rest.length > 0) {
      const copied = rest.copy(this.#ring, (this.#bytes - rest.length) % this.#half);
      rest = rest.subarray(copied);
    }
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether bytes between the two ends were dropped. */
  get cut(): boolean {
    return this.#bytes > 2 * this.#half;
  }

  get start(): Buffer {
    return this.#head.subarray(0, this.#bytes);
  }

  /** The last bytes after the head, at most `half`. */
  get end(): Buffer {
    if (!this.cut) return this.#ring.subarray(0, Math.max(0, this.#bytes - this.#half));
    const at = this.#bytes % this.#half;
    return Buffer.concat([this.#ring.subarray(at), this.#ring.subarray(0, at)]);
  }
}
