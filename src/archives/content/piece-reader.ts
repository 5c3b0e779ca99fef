/** Reads pushed pieces in two ways: records as a whole, contents as they come. */
export class PieceReader {
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #held: Buffer = Buffer.alloc(0);
  #before = 0;
  /** Whether the last record was joined from kept and pushed bytes. */
  #isJoined = false;

  /** Number of bytes returned so far. */
  get offset(): number {
    return this.#before + this.#at - this.#held.length;
  }

  /** Adds a piece. The user must then take all of it, or ask for more bytes than available. */
  push(bytes: Uint8Array): void {
    this.#before += this.#at;
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = 0;
  }

  /**
   * The next bytes, this many, in one piece; undefined if some are not available yet, in which case the
   * available ones are kept.
   */
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

  /** Available bytes, at most this many; only allowed while no bytes are kept. */
  some(most: number): Buffer {
    const end = Math.min(this.#bytes.length, this.#at + most);
    const part = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return part;
  }

  /** Gives back the last bytes returned by some(). */
  unread(count: number): void {
    this.#at -= count;
  }

  /** Puts back the bytes last returned by take(), or the last of them; they are returned again next. */
  giveBack(bytes: Buffer): void {
    if (!this.#isJoined) return this.unread(bytes.length);
    const rest = this.#bytes.subarray(this.#at);
    this.#isJoined = false;
    this.#before += this.#at - bytes.length;
    this.#bytes = rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([bytes, rest]);
    this.#at = 0;
  }

  /** Counts bytes that precede all pushed ones. */
  skipped(count: number): void {
    this.#before += count;
  }

  /** Whether only a part of the requested bytes came. */
  get isCut(): boolean {
    return this.#held.length > 0;
  }
}
