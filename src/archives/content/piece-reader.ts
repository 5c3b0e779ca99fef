/** Reads pushed pieces in two ways: records as a whole, contents piece by piece. */
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

  /** Adds a piece. The caller must then take the whole piece, or request more bytes than available. */
  push(bytes: Uint8Array): void {
    this.#before += this.#at;
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = 0;
  }

  /**
   * The next `length` bytes as one buffer; undefined if some of the bytes are not available yet: the
   * available ones are then kept.
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

  /** Available bytes, at most `most` of them; only allowed while no bytes are kept. */
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

  /**
   * Puts back the bytes that take() returned last, or the end of these bytes: the next call returns them
   * again.
   */
  giveBack(bytes: Buffer): void {
    if (!this.#isJoined) return this.unread(bytes.length);
    const rest = this.#bytes.subarray(this.#at);
    this.#isJoined = false;
    this.#before += this.#at - bytes.length;
    this.#bytes = rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([bytes, rest]);
    this.#at = 0;
  }

  /** Counts bytes that precede all pushed bytes. */
  skipped(count: number): void {
    this.#before += count;
  }

  /** Whether only a part of the requested bytes came. */
  get isCut(): boolean {
    return this.#held.length > 0;
  }
}
