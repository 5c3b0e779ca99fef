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
 * The two windows of an anchor, at an even and at an odd offset, so that one of them is aligned to pairs
 * wherever the anchor occurs. `text`: Latin-1, of three characters or more.
 */
export function windowsOf(text: string, anchor: number): readonly [AnchorWindow, AnchorWindow] {
  if (text.length < 3) throw new RangeError(`${text} is too short`);
  return [windowOf(text, anchor, 0), windowOf(text, anchor, text.length === 3 ? -1 : 1)];
}

/** Picks the window, at every second offset from `first`, whose bytes are estimated to be the rarest. */
function windowOf(text: string, anchor: number, first: number): AnchorWindow {
  let within = first;
  let rarest = Number.POSITIVE_INFINITY;
  // A window with an ANY byte is used only if there is no other window.
  for (let at = Math.max(first, 0); at + 3 < text.length; at += 2) {
    const frequency = pairFrequency(text, at) * pairFrequency(text, at + 2);
    if (frequency >= rarest) continue;
    within = at;
    rarest = frequency;
  }
  return {
    anchor,
    within,
    bytes: [
      byteAt(text, within),
      byteAt(text, within + 1),
      byteAt(text, within + 2),
      byteAt(text, within + 3),
    ],
  };
}

function byteAt(text: string, index: number): number {
  return index >= 0 && index < text.length ? text.charCodeAt(index) : ANY;
}

/** Estimated frequency of a pair: highest for equal bytes (lines of dashes), otherwise the product of both. */
function pairFrequency(text: string, at: number): number {
  const first = text.charCodeAt(at);
  const second = text.charCodeAt(at + 1);
  return first === second ? 100 : (WEIGHTS[first] as number) * (WEIGHTS[second] as number);
}

/** Estimated frequency by byte: lower-case letters and separators 4, digits 3, all others 2. */
const WEIGHTS = new Uint8Array(0x100).fill(2).fill(3, 0x30, 0x3a).fill(4, 0x61, 0x7b);
for (const byte of Buffer.from(' ":,=')) WEIGHTS[byte] = 4;

const [FIRST, SECOND] = endianness() === "LE" ? [0, 8] : [8, 0];

/** Distance between the numbers of two pairs that differ by one in the first, or in the second, byte. */
export const STEPS = { first: 1 << FIRST, second: 1 << SECOND };

/** Two bytes as one 16-bit number, in this machine's byte order. */
export function pairOf(first = 0, second = 0): number {
  return ((first & 0xff) << FIRST) | ((second & 0xff) << SECOND);
}
