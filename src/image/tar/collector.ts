/** Size above which a buffer is freed at once: large stretches are few, and garbage collection comes late. */
const LARGE_BYTES = 1024 ** 2;

/** Receives a stretch: its bytes begin at `at` in `bytes`, and are valid during the call. */
export type TakeStretch = (bytes: Uint8Array, at: number) => void;

/** Splits pushed chunks into stretches of known length, which are passed on as a whole or skipped. */
export class Collector {
  #skip = 0;
  #need = 0;
  #filled = 0;
  #then: TakeStretch = () => undefined;
  #each: ((bytes: Uint8Array, offset: number) => void) | undefined;
  // A Buffer like the chunks: code that handles a single type is faster.
  #buffer = Buffer.alloc(0);

  /** Bytes still to be skipped. */
  get skipping(): number {
    return this.#skip;
  }

  /** Bytes of the current stretch that have not arrived yet. */
  get wanting(): number {
    return this.#need - this.#filled;
  }

  /** Bytes of the current, incomplete stretch. */
  get held(): Uint8Array {
    return this.#buffer.subarray(0, this.#filled);
  }

  skip(length: number): void {
    this.#skip += length;
  }

  /**
   * Marks bytes that are to be skipped as pushed, so that the caller can leave them out.
   *
   * @param most bytes to count
   * @returns number of bytes counted
   */
  passOver(most: number): number {
    const passed = Math.min(this.#skip, most);
    this.#skip -= passed;
    return passed;
  }

  /**
   * Passes the next `length` bytes (after skipped bytes) to `then` in one piece, possibly inside a larger
   * buffer.
   */
  collect(length: number, then: TakeStretch): void {
    this.#need = length;
    this.#filled = 0;
    this.#then = then;
    this.#each = undefined;
  }

  /**
   * Passes the next `length` bytes on as they arrive, each piece valid during the call, then calls `then`.
   */
  pass(length: number, each: (bytes: Uint8Array, offset: number) => void, then: () => void): void {
    this.collect(length, then);
    this.#each = each;
  }

  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      const skipped = Math.min(this.#skip, chunk.length - at);
      this.#skip -= skipped;
      at += skipped;
      if (this.#skip === 0) at += this.#take(chunk, at);
    }
  }

  #take(chunk: Uint8Array, at: number): number {
    const taken = Math.min(this.#need - this.#filled, chunk.length - at);
    if (this.#each !== undefined) return this.#pass(this.#each, chunk.subarray(at, at + taken));
    const isWhole = taken === this.#need;
    if (!isWhole) this.#hold(chunk.subarray(at, at + taken));
    const complete = isWhole || this.#filled === this.#need;
    if (isWhole) this.#then(chunk, at);
    else if (complete) this.#then(this.#buffer, 0);
    if (complete && this.#buffer.length > LARGE_BYTES) this.#giveBack();
    return taken;
  }

  #pass(each: (bytes: Uint8Array, offset: number) => void, part: Uint8Array): number {
    if (part.length > 0) each(part, this.#filled);
    this.#filled += part.length;
    if (this.#filled === this.#need) this.#then(part, 0);
    return part.length;
  }

  #giveBack(): void {
    this.#buffer.buffer.transfer(0);
    this.#buffer = Buffer.alloc(0);
  }

  #hold(part: Uint8Array): void {
    // The buffer is larger than needed, so that later stretches fit: unused pages cost nothing, replacing a
    // buffer does.
    const room = Math.max(this.#need, Math.min(2 * this.#need, LARGE_BYTES));
    if (this.#need > this.#buffer.length) this.#buffer = Buffer.allocUnsafeSlow(room);
    this.#buffer.set(part, this.#filled);
    this.#filled += part.length;
  }
}
