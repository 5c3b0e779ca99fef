/**
 * The end of what came in pieces, in one piece, and in memory that serves all: what is copied anew for
 * each piece costs more than to look through it.
 */
export class PieceWindow {
  #memory = Buffer.alloc(0);
  #length = 0;
  #offset = 0;
  /** The first piece, until something of it is dropped: most programs come in one, and need not be copied. */
  #first: Buffer | undefined;

  /** Of what is held, in all that came. */
  get offset(): number {
    return this.#offset;
  }

  /** Valid until the next piece comes; of the first one as long as that is. */
  get bytes(): Buffer {
    return this.#first ?? this.#memory.subarray(0, this.#length);
  }

  /** @param piece to be followed by dropTo() while it is valid, unless nothing more comes */
  add(piece: Uint8Array): void {
    if (this.#length > 0) this.#append(piece);
    else this.#first = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
  }

  /** Holds no more than what begins at this place of what is held. */
  dropTo(at: number): void {
    const first = this.#first;
    this.#offset += at;
    if (first === undefined) {
      this.#memory.copyWithin(0, at, this.#length);
      this.#length -= at;
      return;
    }
    this.#first = undefined;
    this.#append(first.subarray(at));
  }

  #append(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#memory.length) {
      const memory = Buffer.allocUnsafe(length);
      this.#memory.copy(memory, 0, 0, this.#length);
      this.#memory = memory;
    }
    this.#memory.set(piece, this.#length);
    this.#length = length;
  }
}
