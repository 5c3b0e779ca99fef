import { newProbabilities, type RangeDecoder } from "./range-decoder.ts";

const SLOTS = 64;
/** Classes of a match's length: 2, 3, 4, more. */
const LENGTHS = 4;
/** First slot whose bits are equally probable; each bit of lower slots has its own probability. */
const MODELLED = 14;

/** Decoder of matches' distances (LZMA specification, "Distance decoding"), each stored as 1 less. */
export class Distances {
  readonly #slots = newProbabilities(LENGTHS * SLOTS);
  readonly #modelled = newProbabilities(128);
  readonly #align = newProbabilities(16);

  decode(decoder: RangeDecoder, length: number): number {
    const slot = decoder.tree(this.#slots, Math.min(length, LENGTHS - 1) * SLOTS, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) * 2 ** bits;
    if (slot < MODELLED) return base + decoder.reverseTree(this.#modelled, base - slot, bits);
    return base + decoder.direct(bits - 4) * 16 + decoder.reverseTree(this.#align, 0, 4);
  }
}
