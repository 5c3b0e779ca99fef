// Salsa20 and XSalsa20: https://cr.yp.to/snuffle/spec.pdf, https://cr.yp.to/snuffle/xsalsa-20110204.pdf.
// OpenSSL, and so node:crypto, has ChaCha20 only (ADR 0180).

/** "expand 32-byte k", at positions 0, 5, 10 and 15 of the state. */
const SIGMA = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574] as const;

/** Words of the state that a column round and a row round mix, four at a time. */
const QUARTERS: readonly (readonly [number, number, number, number])[] = [
  [0, 4, 8, 12],
  [5, 9, 13, 1],
  [10, 14, 2, 6],
  [15, 3, 7, 11],
  [0, 1, 2, 3],
  [5, 6, 7, 4],
  [10, 11, 8, 9],
  [15, 12, 13, 14],
];

/** XORs a message with XSalsa20's stream, beginning at this offset of the stream. */
export function xsalsa20(key: Uint8Array, nonce: Uint8Array, message: Uint8Array, offset = 0): Uint8Array {
  const subkey = hsalsa20(key, nonce.subarray(0, 16));
  const out = Uint8Array.from(message);
  let block = new Uint8Array();
  for (let at = 0; at < out.length; at++) {
    const position = offset + at;
    if (at === 0 || position % 64 === 0) {
      block = keystream(subkey, nonce.subarray(16, 24), Math.floor(position / 64));
    }
    out[at] = (out[at] ?? 0) ^ (block[position % 64] ?? 0);
  }
  return out;
}

/** Block of 64 bytes of Salsa20's stream. */
function keystream(key: Uint8Array, nonce: Uint8Array, counter: number): Uint8Array<ArrayBuffer> {
  const input = Buffer.alloc(16);
  input.set(nonce.subarray(0, 8));
  input.writeUInt32LE(counter, 8);
  const before = stateOf(key, input);
  const after = rounds(before);
  return bytesOf(after.map((word, at) => word + (before[at] ?? 0)));
}

function hsalsa20(key: Uint8Array, input: Uint8Array): Uint8Array {
  const mixed = rounds(stateOf(key, input));
  return bytesOf(Uint32Array.from([0, 5, 10, 15, 6, 7, 8, 9], (at) => mixed[at] ?? 0));
}

/** @param key 32 bytes @param input 16 bytes: nonce and counter */
function stateOf(key: Uint8Array, input: Uint8Array): Uint32Array {
  const k = wordsOf(key);
  const n = wordsOf(input);
  const [s0, s1, s2, s3] = SIGMA;
  return Uint32Array.of(s0, ...k.subarray(0, 4), s1, ...n, s2, ...k.subarray(4), s3);
}

function rounds(state: Uint32Array): Uint32Array {
  const x = Uint32Array.from(state);
  for (let round = 0; round < 10; round++) for (const [a, b, c, d] of QUARTERS) quarter(x, a, b, c, d);
  return x;
}

function quarter(x: Uint32Array, a: number, b: number, c: number, d: number): void {
  mix(x, b, a, d, 7);
  mix(x, c, b, a, 9);
  mix(x, d, c, b, 13);
  mix(x, a, d, c, 18);
}

/** `target ^= (left + right) <<< bits` */
function mix(x: Uint32Array, target: number, left: number, right: number, bits: number): void {
  const sum = ((x[left] ?? 0) + (x[right] ?? 0)) | 0;
  x[target] = (x[target] ?? 0) ^ ((sum << bits) | (sum >>> (32 - bits)));
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Uint32Array.from({ length: bytes.length / 4 }, (_, at) => view.getUint32(4 * at, true));
}

function bytesOf(words: Uint32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * words.length);
  const view = new DataView(bytes.buffer);
  words.forEach((word, at) => view.setUint32(4 * at, word, true));
  return bytes;
}
