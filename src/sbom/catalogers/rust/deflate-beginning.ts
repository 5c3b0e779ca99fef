// Check of the beginning of deflated data (RFC 1951), for places that are rarely deflated data: a hundred
// times faster than a failing call of zlib.

/** Bytes of data that suffice: a block's code tables have at most 570. */
export const TELLING_BYTES = 640;

const STORED = 0;
const FIXED = 1;
const DYNAMIC = 2;
/** Order in which the code lengths of code lengths are written (3.2.7). */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/** Symbol that ends a block; lower symbols are bytes. */
const END_OF_BLOCK = 256;
const LONGEST_CODE = 15;

/** Whether deflated data begins with these bytes, provided that none of the bytes is a repetition. */
export function beginsDeflated(data: Buffer, beginning: Buffer): boolean {
  const bits = new Bits(data);
  const type = (bits.take(3) ?? 0) >> 1;
  if (type === STORED) return data.subarray(5, 5 + beginning.length).equals(beginning) && isStored(data);
  const literals = type === FIXED ? FIXED_CODE : type === DYNAMIC ? dynamicCode(bits) : undefined;
  return literals !== undefined && beginning.every((byte) => literals.next(bits) === byte);
}

/** Whether a stored block is valid (3.2.4): its length is followed by the complement. */
function isStored(data: Buffer): boolean {
  return (data.readUInt16LE(1) ^ data.readUInt16LE(3)) === 0xffff;
}

/** Code of a dynamic block (3.2.7); undefined if it is invalid. */
function dynamicCode(bits: Bits): Code | undefined {
  const [literals, distances, written] = [bits.take(5), bits.take(5), bits.take(4)];
  if (literals === undefined || distances === undefined || written === undefined) return undefined;
  const ofLengths = new Uint8Array(LENGTH_ORDER.length);
  for (let at = 0; at < written + 4; at++) {
    const length = bits.take(3);
    if (length === undefined) return undefined;
    ofLengths[LENGTH_ORDER[at] as number] = length;
  }
  const code = codeOf(ofLengths);
  const lengths = code && lengthsBy(code, bits, literals + 257 + distances + 1);
  return lengths && (lengths[END_OF_BLOCK] ?? 0) > 0 ? codeOf(lengths.slice(0, literals + 257)) : undefined;
}

function lengthsBy(code: Code, bits: Bits, count: number): number[] | undefined {
  const lengths: number[] = [];
  while (lengths.length < count) {
    const symbol = code.next(bits);
    if (symbol === undefined) return undefined;
    if (symbol < 16) {
      lengths.push(symbol);
      continue;
    }
    const last = lengths.at(-1);
    const more = bits.take(symbol === 16 ? 2 : symbol === 17 ? 3 : 7);
    if (more === undefined || (symbol === 16 && last === undefined)) return undefined;
    const times = more + (symbol === 18 ? 11 : 3);
    for (let at = 0; at < times; at++) lengths.push(symbol === 16 ? (last ?? 0) : 0);
  }
  return lengths.length === count ? lengths : undefined;
}

/**
 * Code with these lengths (3.2.2); undefined if a length has more codes than possible. Typed arrays are used
 * for speed: a program has thousands of places that begin like a block.
 */
function codeOf(lengths: ArrayLike<number>): Code | undefined {
  const counts = new Uint16Array(LONGEST_CODE + 1);
  for (let symbol = 0; symbol < lengths.length; symbol++) increment(counts, lengths[symbol] as number);
  counts[0] = 0;
  let free = 1;
  const nexts = new Uint16Array(LONGEST_CODE + 1);
  for (let length = 1; length <= LONGEST_CODE; length++) {
    free = free * 2 - (counts[length] as number);
    if (free < 0) return undefined;
    nexts[length] = (nexts[length - 1] as number) + (counts[length - 1] as number);
  }
  const symbols = new Uint16Array(lengths.length);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol] as number;
    if (length > 0) symbols[increment(nexts, length)] = symbol;
  }
  return new Code(counts, symbols);
}

/**
 * Adds one to an element.
 *
 * @returns the element's value before
 */
function increment(numbers: Uint16Array, index: number): number {
  const value = numbers[index] as number;
  numbers[index] = value + 1;
  return value;
}

class Code {
  /** Number of codes, by length. */
  readonly #counts: Uint16Array;
  /** Symbols in the order of their codes. */
  readonly #symbols: Uint16Array;

  constructor(counts: Uint16Array, symbols: Uint16Array) {
    this.#counts = counts;
    this.#symbols = symbols;
  }

  next(bits: Bits): number | undefined {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= LONGEST_CODE; length++) {
      const bit = bits.take(1);
      if (bit === undefined) return undefined;
      code += bit;
      const count = this.#counts[length] ?? 0;
      if (code - first < count) return this.#symbols[index + code - first];
      index += count;
      first = (first + count) * 2;
      code *= 2;
    }
    return undefined;
  }
}

/** Fixed code (3.2.6). */
const FIXED_CODE = codeOf(
  Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
);

/** Reads bits, starting with the lowest of each byte; numbers begin with their lowest bit. */
class Bits {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Next bits; undefined if there are fewer. */
  take(count: number): number | undefined {
    let value = 0;
    for (let bit = 0; bit < count; bit++) {
      const byte = this.#bytes[this.#at >> 3];
      if (byte === undefined) return undefined;
      value |= ((byte >> (this.#at & 7)) & 1) << bit;
      this.#at++;
    }
    return value;
  }
}
