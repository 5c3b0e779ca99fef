/** Writes text in batches of bytes, which saves system calls and garbage collection. */
export class Batches {
  #block: Buffer | undefined;
  #length = 0;
  readonly #size: number;
  readonly #deliver: (bytes: Uint8Array) => Promise<void>;

  /**
   * @param size size of a batch in bytes
   * @param deliver writes a batch; must not use the bytes after it resolves
   */
  constructor(size: number, deliver: (bytes: Uint8Array) => Promise<void>) {
    this.#size = size;
    this.#deliver = deliver;
  }

  async add(text: string): Promise<void> {
    for (let at = 0; at < text.length; ) {
      const end = pieceEnd(text, at, Math.floor(this.#size / UNIT_BYTES));
      const piece = text.slice(at, end);
      this.#block ??= Buffer.allocUnsafe(this.#size);
      if (this.#length + piece.length * UNIT_BYTES > this.#size) await this.flush();
      this.#length += this.#block.write(piece, this.#length);
      at = end;
    }
  }

  async flush(): Promise<void> {
    const bytes = this.#block?.subarray(0, this.#length) ?? new Uint8Array();
    this.#length = 0;
    await this.#deliver(bytes);
  }
}

/** Maximum number of UTF-8 bytes of a UTF-16 unit. */
const UNIT_BYTES = 3;

/** End of a piece that does not split a surrogate pair. */
function pieceEnd(text: string, start: number, most: number): number {
  const end = Math.min(text.length, start + most);
  return end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end;
}
