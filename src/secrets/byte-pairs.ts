/**
 * Where the pair of bytes begins in an anchor that is met least often, by a guess.
 *
 * @param first the earliest place
 * @param step of the places that are tried
 */
export function rarestPair(anchor: Uint8Array, first: number, step = 1): number {
  let best = first;
  for (let within = first; within < anchor.length - 1; within += step) {
    if (frequency(anchor, within) < frequency(anchor, best)) best = within;
  }
  return best;
}

export function stands(anchor: Uint8Array, bytes: Uint8Array, offset: number): boolean {
  for (let at = 0; at < anchor.length; at++) if (bytes[offset + at] !== anchor[at]) return false;
  return true;
}

/** Lines of one character, small letters, digits, then all others. */
function frequency(anchor: Uint8Array, within: number): number {
  const [first = 0, second = 0] = anchor.subarray(within);
  return first === second ? 100 : weight(first) * weight(second);
}

function weight(byte: number): number {
  if (byte >= 0x61 && byte <= 0x7a) return 4;
  return byte >= 0x30 && byte <= 0x39 ? 3 : 2;
}
