import { endianness } from "node:os";

/** Wildcard byte of a window: it matches any value. */
export const ANY = -1;

/** Four bytes of an anchor, compared as two pairs; the first or the last byte may be ANY. */
export interface AnchorWindow {
  readonly anchor: number;
  /** Offset of the window in the anchor; -1 if the window starts one byte before it. */
  readonly within: number;
  readonly bytes: readonly [number, number, number, number];
}

/**
 * The two windows of an anchor, at an even and at an odd offset, so that one is aligned to pairs wherever the
 * anchor occurs. Anchors need three bytes or more.
 */
export function windowsOf(bytes: Uint8Array, anchor: number): readonly [AnchorWindow, AnchorWindow] {
  if (bytes.length < 3) throw new RangeError(`${Buffer.from(bytes).toString("latin1")} is too short`);
  return [windowOf(bytes, anchor, 0), windowOf(bytes, anchor, bytes.length === 3 ? -1 : 1)];
}

/** Picks the window, at every second offset from `first`, whose bytes are estimated to be the rarest. */
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

/** Estimated frequency of a pair: highest for equal bytes (lines of dashes), otherwise the product of both. */
function pairFrequency(first = 0, second = 0): number {
  return first === second ? 100 : (WEIGHTS[first] as number) * (WEIGHTS[second] as number);
}

/** Estimated frequency by byte: lower-case letters and separators 4, digits 3, all others 2. */
const WEIGHTS = new Uint8Array(0x100).fill(2).fill(3, 0x30, 0x3a).fill(4, 0x61, 0x7b);
for (const byte of Buffer.from(' ":,=')) WEIGHTS[byte] = 4;

const [FIRST, SECOND] = endianness() === "LE" ? [0, 8] : [8, 0];

/** Two bytes as one 16-bit number, in this machine's byte order. */
export function pairOf(first = 0, second = 0): number {
  return ((first & 0xff) << FIRST) | ((second & 0xff) << SECOND);
}
