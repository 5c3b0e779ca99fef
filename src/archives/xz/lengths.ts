import { newProbabilities, type RangeDecoder } from "./range-decoder.ts";

const POSITIONS = 16;
/**
 * Indexes of the probabilities: two choices, eight short and eight middle lengths per position, 256 long
 * lengths.
 */
const LOW = 2;
const MIDDLE = LOW + POSITIONS * 8;
const HIGH = MIDDLE + POSITIONS * 8;

/** Decoder of matches' lengths (LZMA specification, "Length decoder"), each stored as 2 less. */
export class Lengths {
  readonly #probabilities = newProbabilities(HIGH + 256);

  decode(decoder: RangeDecoder, position: number): number {
    const probabilities = this.#probabilities;
    if (decoder.bit(probabilities, 0) === 0) return decoder.tree(probabilities, LOW + position * 8, 3);
    if (decoder.bit(probabilities, 1) === 0) return 8 + decoder.tree(probabilities, MIDDLE + position * 8, 3);
    return 16 + decoder.tree(probabilities, HIGH, 8);
  }
}
