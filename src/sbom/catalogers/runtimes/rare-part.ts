/**
 * Maximum length of a text that Node searches by its first byte alone (memchr), which is five times as fast.
 */
const QUICK_BYTES = 7;
/** Bytes that are rare in programs, including machine code, rarest first. */
const RARE = ["Q", "J", "Y", "Z", "X", "j", "q", "z", "x", "("];

/** Searches a text by one of its short parts that begins with a rare byte: see ADR 0101. */
export class RarePart {
  readonly #text: Buffer;
  readonly #part: Buffer;
  /** Offset of the part in the text. */
  readonly #from: number;

  constructor(text: Buffer) {
    const latin1 = text.toString("latin1");
    const rarest = RARE.find((byte) => latin1.includes(byte)) ?? "";
    this.#text = text;
    this.#from = latin1.indexOf(rarest);
    this.#part = text.subarray(this.#from, this.#from + QUICK_BYTES);
  }

  /** Same result as `bytes.indexOf()` of the whole text. */
  indexIn(bytes: Buffer, from: number): number {
    for (let at = from; ; at++) {
      at = bytes.indexOf(this.#part, at + this.#from) - this.#from;
      if (at < from) return -1;
      if (bytes.subarray(at, at + this.#text.length).equals(this.#text)) return at;
    }
  }
}
