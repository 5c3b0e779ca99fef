import { Unreadable } from "../content/unreadable.ts";

/** Bits of a probability; the initial value of each probability is one half. */
const BITS = 11;
const FULL = 1 << BITS;
const MOVE = 5;
const TOP = 2 ** 24;
/** Bytes at the beginning: one unused byte, and four bytes of the code. */
const FIRST_BYTES = 5;

export function newProbabilities(count: number): Uint16Array {
  return new Uint16Array(count).fill(FULL / 2);
}

/** Decoder of LZMA's arithmetic coding (LZMA specification, "Range decoder"). */
export class RangeDecoder {
  #input: Uint8Array = new Uint8Array();
  #at = 0;
  #range = 0;
  #code = 0;

  /** Begins a chunk. @throws Unreadable damaged */
  begin(input: Uint8Array): void {
    const [zero, a = 0, b = 0, c = 0, d = 0] = input;
    if (zero !== 0 || input.length < FIRST_BYTES) throw new Unreadable("damaged");
    this.#input = input;
    this.#at = FIRST_BYTES;
    this.#range = 0xffff_ffff;
    this.#code = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  }

  /** Whether the decoder has reached its end: all input was read, and the code is 0. */
  get isOver(): boolean {
    this.#normalize();
    return this.#at === this.#input.length && this.#code === 0;
  }

  bit(probabilities: Uint16Array, index: number): 0 | 1 {
    this.#normalize();
    const probability = probabilities[index] as number;
    const bound = (this.#range >>> BITS) * probability;
    if (this.#code < bound) {
      this.#range = bound;
      probabilities[index] = probability + ((FULL - probability) >> MOVE);
      return 0;
    }
    this.#range -= bound;
    this.#code -= bound;
    probabilities[index] = probability - (probability >> MOVE);
    return 1;
  }

  /**
   * A number of this many bits, the highest first; the bits read so far select the probability of the next.
   */
  tree(probabilities: Uint16Array, from: number, bits: number): number {
    let symbol = 1;
    for (let bit = 0; bit < bits; bit++) symbol = (symbol << 1) | this.bit(probabilities, from + symbol);
    return symbol - (1 << bits);
  }

  /** A number as in tree(), but the lowest bit first. */
  reverseTree(probabilities: Uint16Array, from: number, bits: number): number {
    let symbol = 1;
    let value = 0;
    for (let at = 0; at < bits; at++) {
      const bit = this.bit(probabilities, from + symbol);
      symbol = (symbol << 1) | bit;
      value |= bit << at;
    }
    return value;
  }

  /** A number of this many bits, each with equal probabilities. */
  direct(bits: number): number {
    let value = 0;
    for (let bit = 0; bit < bits; bit++) {
      this.#normalize();
      this.#range >>>= 1;
      const isSet = this.#code >= this.#range;
      if (isSet) this.#code -= this.#range;
      value = value * 2 + (isSet ? 1 : 0);
    }
    return value;
  }

  #normalize(): void {
    if (this.#range >= TOP) return;
    this.#range = (this.#range << 8) >>> 0;
    // Bytes after the end count as 0: the result is then recognised as damaged.
    this.#code = ((this.#code << 8) | (this.#input[this.#at++] ?? 0)) >>> 0;
  }
}
