import { keyPlace } from "./key-sieve.ts";

/** Bytes of a PEM header before the six characters that are searched: `-----BEGIN ENCRYPTED PRI`. */
const BEFORE = 64;
/** Bytes kept from the six characters on; no key is longer. */
const HELD_BYTES = 64 * 1024;

/**
 * Searches a content of any length for private keys, piece by piece; keeps only the bytes around the six
 * characters that every PEM key contains.
 */
export class SievedSearch {
  readonly #search: (stretch: Buffer) => void;
  #tail: Buffer = Buffer.alloc(0);
  #held: Buffer[] | undefined;
  #heldBytes = 0;

  /** @param search called with each stretch that may contain a key */
  constructor(search: (stretch: Buffer) => void) {
    this.#search = search;
  }

  push(piece: Buffer): void {
    if (this.#held !== undefined) this.#hold(piece);
    else this.#sift(piece);
  }

  end(): void {
    if (this.#held !== undefined) this.#search(Buffer.concat(this.#held));
    this.#held = undefined;
  }

  #sift(piece: Buffer): void {
    const seam =
      this.#tail.length === 0 ? -1 : keyPlace(Buffer.concat([this.#tail, piece.subarray(0, BEFORE)]));
    const at = seam >= 0 ? 0 : keyPlace(piece);
    if (at < 0) {
      const end = piece.length >= BEFORE ? piece : Buffer.concat([this.#tail, piece]);
      this.#tail = Buffer.from(end.subarray(-BEFORE));
      return;
    }
    const from = Math.max(0, at - BEFORE);
    this.#held = at < BEFORE ? [this.#tail] : [];
    this.#heldBytes = 0;
    this.#tail = Buffer.alloc(0);
    this.#hold(piece.subarray(from));
  }

  #hold(piece: Buffer): void {
    const held = this.#held ?? [];
    const part = piece.subarray(0, HELD_BYTES - this.#heldBytes);
    held.push(Buffer.from(part));
    this.#heldBytes += part.length;
    if (this.#heldBytes < HELD_BYTES) return;
    this.#search(Buffer.concat(held));
    this.#held = undefined;
    // The kept bytes may end inside another key, so their end is searched again with the next piece.
    this.#tail = Buffer.from(part.subarray(-BEFORE));
    if (part.length < piece.length) this.#sift(piece.subarray(part.length));
  }
}
