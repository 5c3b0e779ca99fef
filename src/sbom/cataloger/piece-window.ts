/** Bytes of a piece that are appended to the held bytes: most matches across the seam end within them. */
const SEAM_BYTES = 1_024;

/**
 * A search window over content that arrives in pieces: the held end of the previous pieces, then the next
 * piece. Pieces are searched in place, since copying costs more than searching; only the seam is copied.
 */
export class PieceWindow {
  #memory = Buffer.alloc(0);
  #length = 0;
  #offset = 0;
  /** Held bytes in their original buffer; undefined if they are in #memory. */
  #inPlace: Buffer | undefined;

  /** Offset of the held bytes in the whole content. */
  get offset(): number {
    return this.#offset;
  }

  /** Bytes of the window; valid until bytes are dropped or the next piece arrives. */
  get bytes(): Buffer {
    return this.#inPlace ?? this.#memory.subarray(0, this.#length);
  }

  /**
   * @param look called once or twice, each time with more of the piece; must drop bytes unless nothing more
   * follows
   */
  add(piece: Uint8Array, look: () => void): void {
    const rest = this.#length === 0 ? piece : this.#behindSeam(piece, look);
    if (rest !== undefined) this.#inPlace = Buffer.from(rest.buffer, rest.byteOffset, rest.length);
    look();
  }

  /** Drops held bytes before this offset. */
  dropTo(at: number): void {
    this.#offset += at;
    const inPlace = this.#inPlace;
    if (inPlace !== undefined) {
      this.#inPlace = undefined;
      this.#append(inPlace.subarray(at));
    } else if (at > 0) {
      this.#memory.copyWithin(0, at, this.#length);
      this.#length -= at;
    }
  }

  /**
   * Searches the seam.
   *
   * @returns the part of the piece that is now held; undefined if more bytes are held, in #memory
   */
  #behindSeam(piece: Uint8Array, look: () => void): Uint8Array | undefined {
    const seam = this.#length > SEAM_BYTES ? piece.length : Math.min(SEAM_BYTES, piece.length);
    this.#append(piece.subarray(0, seam));
    if (seam === piece.length) return undefined;
    look();
    const from = seam - this.#length;
    if (from < 0) {
      this.#append(piece.subarray(seam));
      return undefined;
    }
    this.#length = 0;
    return piece.subarray(from);
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
