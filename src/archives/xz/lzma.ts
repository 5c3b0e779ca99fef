import { Unreadable } from "../content/unreadable.ts";
import { Distances } from "./distances.ts";
import type { History } from "./history.ts";
import { Lengths } from "./lengths.ts";
import { newProbabilities, RangeDecoder } from "./range-decoder.ts";

const STATES = 12;
const POSITIONS = 16;
/** Number of states after a literal, which come first. */
const LITERAL_STATES = 7;

interface Properties {
  /** Bits that literals depend on: `lc` of the byte before, `lp` of the position; `pb`: the same for matches. */
  readonly lc: number;
  readonly lp: number;
  readonly pb: number;
}

/** Decoder of LZMA chunks as used in LZMA2 (LZMA specification by Igor Pavlov). */
export class Lzma {
  readonly #history: History;
  readonly #decoder = new RangeDecoder();
  #properties: Properties = { lc: 0, lp: 0, pb: 0 };
  #model = new Model(0);
  #state = 0;
  #reps: [number, number, number, number] = [0, 0, 0, 0];
  /** Number of bytes since the history was last reset. */
  #position = 0;

  constructor(history: History) {
    this.#history = history;
  }

  resetPosition(): void {
    this.#position = 0;
  }

  passed(bytes: number): void {
    this.#position += bytes;
  }

  /** Sets the properties. @param byte (pb × 5 + lp) × 9 + lc @throws Unreadable damaged */
  setProperties(byte: number): void {
    const lc = byte % 9;
    const lp = Math.floor(byte / 9) % 5;
    const pb = Math.floor(byte / 45);
    if (byte >= 225 || lc + lp > 4) throw new Unreadable("damaged");
    this.#properties = { lc, lp, pb };
  }

  resetState(): void {
    const { lc, lp } = this.#properties;
    this.#model = new Model(lc + lp);
    this.#state = 0;
    this.#reps = [0, 0, 0, 0];
  }

  /**
   * Decodes a chunk into this many bytes of the history.
   *
   * @throws Unreadable damaged
   */
  decode(input: Uint8Array, length: number): void {
    const history = this.#history;
    this.#decoder.begin(input);
    history.begin(length);
    const start = this.#position;
    while (history.count < length) {
      this.#decodeOne();
      this.#position = start + history.count;
    }
    if (history.count > length || !this.#decoder.isOver) throw new Unreadable("damaged");
  }

  #decodeOne(): void {
    const { isMatch, isRep } = this.#model;
    const position = this.#position & ((1 << this.#properties.pb) - 1);
    const decoder = this.#decoder;
    if (decoder.bit(isMatch, this.#state * POSITIONS + position) === 0) this.#literal();
    else if (decoder.bit(isRep, this.#state) === 0) this.#match(position);
    else this.#repeated(position);
  }

  #literal(): void {
    const { lc, lp } = this.#properties;
    const history = this.#history;
    const low = this.#position & ((1 << lp) - 1);
    const from = 0x300 * ((low << lc) + (history.byte(0) >> (8 - lc)));
    const byte =
      this.#state < LITERAL_STATES ? this.#plain(from) : this.#differing(from, history.byte(this.#reps[0]));
    history.put(byte);
    this.#state = this.#state < 4 ? 0 : this.#state - (this.#state < 10 ? 3 : 6);
  }

  #plain(from: number): number {
    return this.#decoder.tree(this.#model.literals, from, 8);
  }

  /** Literal after a match; the byte differs from the byte that would have continued the match. */
  #differing(from: number, expected: number): number {
    let symbol = 1;
    let offset = 0x100;
    for (let match = expected << 1; symbol < 0x100; match <<= 1) {
      const matchBit = match & offset;
      const bit = this.#decoder.bit(this.#model.literals, from + offset + matchBit + symbol);
      symbol = (symbol << 1) | bit;
      offset &= bit === 1 ? matchBit : ~matchBit;
    }
    return symbol & 0xff;
  }

  #match(position: number): void {
    const { lengths, distances } = this.#model;
    const length = lengths.decode(this.#decoder, position);
    const [first, second, third] = this.#reps;
    this.#reps = [distances.decode(this.#decoder, length), first, second, third];
    this.#state = this.#state < LITERAL_STATES ? 7 : 10;
    this.#history.repeat(this.#reps[0], length + 2);
  }

  #repeated(position: number): void {
    const { isRep0, isRep0Long, repLengths } = this.#model;
    const isFirst = this.#decoder.bit(isRep0, this.#state) === 0;
    if (isFirst && this.#decoder.bit(isRep0Long, this.#state * POSITIONS + position) === 0) {
      this.#state = this.#state < LITERAL_STATES ? 9 : 11;
      return this.#history.repeat(this.#reps[0], 1);
    }
    if (!isFirst) this.#reps = this.#older();
    const length = repLengths.decode(this.#decoder, position);
    this.#state = this.#state < LITERAL_STATES ? 8 : 11;
    this.#history.repeat(this.#reps[0], length + 2);
  }

  #older(): [number, number, number, number] {
    const { isRep1, isRep2 } = this.#model;
    const [first, second, third, fourth] = this.#reps;
    if (this.#decoder.bit(isRep1, this.#state) === 0) return [second, first, third, fourth];
    if (this.#decoder.bit(isRep2, this.#state) === 0) return [third, first, second, fourth];
    return [fourth, first, second, third];
  }
}

/** Probabilities, reset together with the state. */
class Model {
  readonly literals: Uint16Array;
  readonly isMatch = newProbabilities(STATES * POSITIONS);
  readonly isRep = newProbabilities(STATES);
  readonly isRep0 = newProbabilities(STATES);
  readonly isRep1 = newProbabilities(STATES);
  readonly isRep2 = newProbabilities(STATES);
  readonly isRep0Long = newProbabilities(STATES * POSITIONS);
  readonly lengths = new Lengths();
  readonly repLengths = new Lengths();
  readonly distances = new Distances();

  constructor(literalBits: number) {
    this.literals = newProbabilities(0x300 << literalBits);
  }
}
