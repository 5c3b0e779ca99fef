import { endianness } from "node:os";

/** In a window: a byte that does not matter. */
export const ANY = -1;

/** Four bytes, as two pairs, that tell an anchor; the first or the last may be ANY. */
export interface AnchorWindow {
  readonly anchor: number;
  /** Where the window begins in the anchor; -1: one byte before. */
  readonly within: number;
  readonly bytes: readonly [number, number, number, number];
}

/** Of an anchor of three bytes or more two windows: wherever it begins, one of them begins at an even place. */
export function windowsOf(bytes: Uint8Array, anchor: number): readonly AnchorWindow[] {
  if (bytes.length < 3) throw new RangeError(`${Buffer.from(bytes).toString("latin1")} is too short`);
  const odd = bytes.length === 3 ? -1 : 1;
  return [0, odd].map((first) => {
    const within = rarest(bytes, first);
    const [a, b, c, d] = [0, 1, 2, 3].map((at) => bytes[within + at] ?? ANY);
    return { anchor, within, bytes: [a, b, c, d] as AnchorWindow["bytes"] };
  });
}

/** Where the window begins, at every second place from `first` on, that is met least often, by a guess. */
function rarest(bytes: Uint8Array, first: number): number {
  let best = first;
  for (let within = first; within + 3 < bytes.length; within += 2) {
    if (frequency(bytes, within) < frequency(bytes, best)) best = within;
  }
  return best;
}

function frequency(bytes: Uint8Array, within: number): number {
  return pairFrequency(bytes, within) * pairFrequency(bytes, within + 2);
}

/** Lines of one character, small letters and what stands around words, digits, then all others. */
function pairFrequency(bytes: Uint8Array, at: number): number {
  const [first = 0, second = 0] = bytes.subarray(Math.max(0, at));
  return first === second ? 100 : weight(first) * weight(second);
}

const AROUND_WORDS = new Set(Buffer.from(' ":,='));

function weight(byte: number): number {
  if ((byte >= 0x61 && byte <= 0x7a) || AROUND_WORDS.has(byte)) return 4;
  return byte >= 0x30 && byte <= 0x39 ? 3 : 2;
}

const [FIRST, SECOND] = endianness() === "LE" ? [0, 8] : [8, 0];

/** Two bytes as one number, in this machine's order. */
export function pairOf(first = 0, second = 0): number {
  return ((first & 0xff) << FIRST) | ((second & 0xff) << SECOND);
}
