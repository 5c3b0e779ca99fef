import { LIMITS } from "../../contract/limits.ts";
import { Unreadable } from "../content/unreadable.ts";

const LZMA2 = 0x21;
/** Flag of a header that contains the compressed size (3.1.2). */
const HAS_COMPRESSED = 0x40;
const HAS_UNCOMPRESSED = 0x80;

/**
 * Distance in bytes that matches may reach back in a block of LZMA2, the only filter of ordinary files.
 * Another filter before LZMA2 (as for programs) is refused as `method`.
 *
 * @param header bytes after the byte with the header's size (3.1)
 * @throws Unreadable method, damaged
 */
export function dictionarySize(header: Buffer): number {
  const flags = header[0] ?? 0;
  let at = 1;
  for (const flag of [HAS_COMPRESSED, HAS_UNCOMPRESSED])
    if ((flags & flag) !== 0) at = afterNumber(header, at);
  if ((flags & 3) !== 0 || header[at] !== LZMA2) throw new Unreadable("method");
  const bits = header[at + 2] ?? 0xff;
  if (header[at + 1] !== 1 || bits > 40) throw new Unreadable("damaged");
  const size = (2 | (bits & 1)) * 2 ** ((bits >> 1) + 11);
  return Math.min(size, LIMITS.xzDictionaryBytes);
}

function afterNumber(header: Buffer, from: number): number {
  let at = from;
  while ((header[at] ?? 0) >= 0x80) at++;
  return at + 1;
}
