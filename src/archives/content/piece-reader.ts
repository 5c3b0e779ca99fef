/**
 * Hands out what is pushed in pieces as its reader asks for it: records in one piece, contents as
 * they come.
 */
export class PieceReader {
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #held: Buffer = Buffer.alloc(0);
  #before = 0;
  /** The last record was put together of what was kept and what was pushed. */
  #isJoined = false;

  /** Bytes that were handed out. */
  get offset(): number {
    return this.#before + this.#at - this.#held.length;
  }

  /** What is pushed next: the reader is to take all of it, or to ask for more than there is. */
  push(bytes: Uint8Array): void {
    this.#before += this.#at;
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = 0;
  }

  /** So many bytes in one piece; undefined, and those that are there are kept, while they are not all there. */
  take(length: number): Buffer | undefined {
    const missing = length - this.#held.length;
    const end = this.#at + missing;
    if (end > this.#bytes.length) {
      this.#held = Buffer.concat([this.#held, this.#bytes.subarray(this.#at)]);
      this.#at = this.#bytes.length;
      return undefined;
    }
    const part = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    this.#isJoined = this.#held.length > 0;
    if (!this.#isJoined) return part;
    const whole = Buffer.concat([this.#held, part]);
    this.#held = Buffer.alloc(0);
    return whole;
  }

  /** What is there, at most so many bytes; to be called while nothing is kept. */
  some(most: number): Buffer {
    const end = Math.min(this.#bytes.length, this.#at + most);
    const part = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return part;
  }

  /** Gives back the last of what some() handed out. */
  unread(count: number): void {
    this.#at -= count;
  }

  /** Puts back what take() handed out last, or the end of it: it is what comes next. */
  giveBack(bytes: Buffer): void {
    if (!this.#isJoined) return this.unread(bytes.length);
    const rest = this.#bytes.subarray(this.#at);
    this.#isJoined = false;
    this.#before += this.#at - bytes.length;
    this.#bytes = rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([bytes, rest]);
    this.#at = 0;
  }

  /** Counts bytes that stand before all that is pushed. */
  skipped(count: number): void {
    this.#before += count;
  }

  /** Whether bytes were asked for of which only some came. */
  get isCut(): boolean {
    return this.#held.length > 0;
  }
}
