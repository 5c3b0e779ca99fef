/** Buffers the beginning of a file that arrives in pieces; holes are zeros. */
export class PieceBuffer {
  #bytes = Buffer.alloc(0);

  /** @param length bytes to buffer of the file's beginning, 0 for none */
  begin(length: number): void {
    this.#bytes = Buffer.alloc(length);
  }

  put(piece: Uint8Array, offset: number): void {
    if (offset < this.#bytes.length) this.#bytes.set(piece.subarray(0, this.#bytes.length - offset), offset);
  }

  /** Returns the gathered bytes and empties the buffer. */
  take(): Uint8Array {
    const bytes = this.#bytes;
    this.#bytes = Buffer.alloc(0);
    return bytes;
  }
}
