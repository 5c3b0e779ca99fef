import { gunzipSync, inflateRawSync, inflateSync } from "node:zlib";

/** Maximum number of bytes inflated from an encoded text; settings and keys are smaller. */
const MOST_BYTES = 1024 ** 2;
/** Offsets and flags of a gzip header (RFC 1952 2.3). */
const GZIP_HEADER = 10;
const EXTRA = 4;
const NAME_AND_COMMENT = [8, 16];
const HEADER_CHECKSUM = 2;

/**
 * Inflates gzip (RFC 1952) or zlib (RFC 1950). Returns the bytes unchanged if they are neither, and `too-long` if
 * they inflate to more than `most` bytes.
 */
export function inflated(bytes: Buffer, most: number): Buffer | "too-long" {
  const [first = 0, second = 0] = bytes;
  const bound = { maxOutputLength: most };
  if (first === 0x1f && second === 0x8b) {
    return attempt(() => gunzipSync(bytes, bound)) ?? attempt(() => firstMember(bytes, bound)) ?? bytes;
  }
  const isZlib = first === 0x78 && ((first << 8) | second) % 31 === 0;
  return (isZlib ? attempt(() => inflateSync(bytes, bound)) : undefined) ?? bytes;
}

/** Inflates the content of an encoded text; the bytes unchanged also if they inflate beyond MOST_BYTES. */
export function inflatedText(bytes: Buffer): Buffer {
  const content = inflated(bytes, MOST_BYTES);
  return content === "too-long" ? bytes : content;
}

/**
 * The first gzip member, without bytes after it, since text after the base64 may consist of base64
 * characters, too.
 */
function firstMember(bytes: Buffer, bound: { readonly maxOutputLength: number }): Buffer {
  const flags = bytes[3] ?? 0;
  let at = GZIP_HEADER;
  if ((flags & EXTRA) !== 0) at += 2 + bytes.readUInt16LE(at);
  for (const flag of NAME_AND_COMMENT) if ((flags & flag) !== 0) at = bytes.indexOf(0, at) + 1;
  if ((flags & HEADER_CHECKSUM) !== 0) at += 2;
  return inflateRawSync(bytes.subarray(at), bound);
}

function attempt(unpack: () => Buffer): Buffer | "too-long" | undefined {
  try {
    return unpack();
  } catch (error) {
    const isTooLong = (error as { readonly code?: unknown }).code === "ERR_BUFFER_TOO_LARGE";
    return isTooLong ? "too-long" : undefined;
  }
}
