/** Bits per key and hashes per key, for which 1 % of absent keys seem present. */
const BITS_PER_KEY = 10;
const HASHES = 7;

/**
 * Two independent hashes of a key, from which all other hashes are derived (Kirsch and Mitzenmacher, 2006).
 */
export interface KeyHash {
  readonly first: number;
  readonly second: number;
}

/**
 * Hashes of a key: FNV-1a over its characters, and the same hash mixed once more (the finaliser of
 * MurmurHash3).
 */
export function hashOf(key: string): KeyHash {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  mixed ^= mixed >>> 16;
  return { first: hash >>> 0, second: (mixed | 1) >>> 0 };
}

/** Bloom filter of these keys: a key that the filter excludes is not in the table. */
export function bloomFilterOf(hashes: readonly KeyHash[]): Buffer {
  const filter = Buffer.alloc(Math.max(8, Math.ceil((hashes.length * BITS_PER_KEY) / 8)));
  const bits = filter.length * 8;
  for (const hash of hashes) {
    for (let turn = 0; turn < HASHES; turn++) {
      const bit = bitOf(hash, turn, bits);
      filter.writeUInt8(filter.readUInt8(bit >>> 3) | (1 << (bit & 7)), bit >>> 3);
    }
  }
  return filter;
}

/** Whether the filter may contain a key. */
export function mayHold(filter: Uint8Array, hash: KeyHash): boolean {
  const bits = filter.length * 8;
  for (let turn = 0; turn < HASHES; turn++) {
    const bit = bitOf(hash, turn, bits);
    if (((filter[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0) return false;
  }
  return true;
}

function bitOf({ first, second }: KeyHash, turn: number, bits: number): number {
  return ((first + Math.imul(turn, second)) >>> 0) % bits;
}
