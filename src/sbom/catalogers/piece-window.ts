/**
 * The end of what came in pieces, in one piece, and in memory that serves all: what is copied anew for
 * each piece costs more than to look through it.
 */
export class PieceWindow {
  #memory = Buffer.alloc(0);
  #length = 0;
  #offset = 0;

  /** Of what is held, in all that came. */
  get offset(): number {
    return this.#offset;
  }

  /** Valid until the next piece comes. */
  get bytes(): Buffer {
    return this.#memory.subarray(0, this.#length);
  }

  add(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#memory.length) {
      const memory = Buffer.allocUnsafe(length);
      this.#memory.copy(memory, 0, 0, this.#length);
      this.#memory = memory;
    }
    this.#memory.set(piece, this.#length);
    this.#length = length;
  }

  /** Holds no more than what begins at this place of what is held. */
  dropTo(at: number): void {
    this.#memory.copyWithin(0, at, this.#length);
    this.#length -= at;
    this.#offset += at;
  }
}
