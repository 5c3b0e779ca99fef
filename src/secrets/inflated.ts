import { gunzipSync, inflateSync } from "node:zlib";

/** Of what stands encoded in a text; settings and keys are smaller. */
const MOST_BYTES = 1024 ** 2;

/** What gzip (RFC 1952) or zlib (RFC 1950) packed; the bytes themselves where neither did, or much more than one would encode. */
export function inflated(bytes: Buffer): Buffer {
  const [first = 0, second = 0] = bytes;
  const unpack =
    first === 0x1f && second === 0x8b ? gunzipSync : isZlib(first, second) ? inflateSync : undefined;
  if (unpack === undefined) return bytes;
  try {
    return unpack(bytes, { maxOutputLength: MOST_BYTES });
  } catch {
    return bytes;
  }
}

function isZlib(first: number, second: number): boolean {
  return first === 0x78 && ((first << 8) | second) % 31 === 0;
}
