import { gunzipSync, inflateRawSync, inflateSync } from "node:zlib";

/** Maximum number of bytes inflated from an encoded text; settings and keys are smaller. */
const MOST_BYTES = 1024 ** 2;
const BOUND = { maxOutputLength: MOST_BYTES };
/** Offsets and flags of a gzip header (RFC 1952 2.3). */
const GZIP_HEADER = 10;
const EXTRA = 4;
const NAME_AND_COMMENT = [8, 16];
const HEADER_CHECKSUM = 2;

/**
 * Inflates gzip (RFC 1952) or zlib (RFC 1950). Returns the bytes unchanged if they are neither, or inflate
 * beyond the bound.
 */
export function inflated(bytes: Buffer): Buffer {
  const [first = 0, second = 0] = bytes;
  if (first === 0x1f && second === 0x8b) {
    return attempt(() => gunzipSync(bytes, BOUND)) ?? attempt(() => firstMember(bytes)) ?? bytes;
  }
  const isZlib = first === 0x78 && ((first << 8) | second) % 31 === 0;
  return (isZlib ? attempt(() => inflateSync(bytes, BOUND)) : undefined) ?? bytes;
}

/**
 * The first gzip member, without bytes after it, since text after the base64 may consist of base64
 * characters, too.
 */
function firstMember(bytes: Buffer): Buffer {
  const flags = bytes[3] ?? 0;
  let at = GZIP_HEADER;
  if ((flags & EXTRA) !== 0) at += 2 + bytes.readUInt16LE(at);
  for (const flag of NAME_AND_COMMENT) if ((flags & flag) !== 0) at = bytes.indexOf(0, at) + 1;
  if ((flags & HEADER_CHECKSUM) !== 0) at += 2;
  return inflateRawSync(bytes.subarray(at), BOUND);
}

function attempt(unpack: () => Buffer): Buffer | undefined {
  try {
    return unpack();
  } catch {
    return undefined;
  }
}
