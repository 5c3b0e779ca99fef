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
export function windowsOf(bytes: Uint8Array, anchor: number): readonly [AnchorWindow, AnchorWindow] {
  if (bytes.length < 3) throw new RangeError(`${Buffer.from(bytes).toString("latin1")} is too short`);
  return [windowOf(bytes, anchor, 0), windowOf(bytes, anchor, bytes.length === 3 ? -1 : 1)];
}

/** Where it begins, at every second place from `first` on, that is met least often, by a guess. */
function windowOf(bytes: Uint8Array, anchor: number, first: number): AnchorWindow {
  let within = first;
  for (let other = first + 2; other + 3 < bytes.length; other += 2) {
    if (frequency(bytes, other) < frequency(bytes, within)) within = other;
  }
  const at = (index: number): number => bytes[within + index] ?? ANY;
  return { anchor, within, bytes: [at(0), at(1), at(2), at(3)] };
}

function frequency(bytes: Uint8Array, within: number): number {
  return (
    pairFrequency(bytes[within], bytes[within + 1]) * pairFrequency(bytes[within + 2], bytes[within + 3])
  );
}

/** Lines of one character, then as its two characters are. */
function pairFrequency(first = 0, second = 0): number {
  return first === second ? 100 : (WEIGHTS[first] as number) * (WEIGHTS[second] as number);
}

/** By character: small letters and what stands around words, digits, then all others. */
const WEIGHTS = new Uint8Array(0x100).fill(2).fill(3, 0x30, 0x3a).fill(4, 0x61, 0x7b);
for (const byte of Buffer.from(' ":,=')) WEIGHTS[byte] = 4;

const [FIRST, SECOND] = endianness() === "LE" ? [0, 8] : [8, 0];

/** Two bytes as one number, in this machine's order. */
export function pairOf(first = 0, second = 0): number {
  return ((first & 0xff) << FIRST) | ((second & 0xff) << SECOND);
}
