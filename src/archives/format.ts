import { formatOf } from "../image/inflate/decompress.ts";
import type { Compressed } from "../image/inflate/sync-inflater.ts";
import { parseHeader } from "../image/tar/header.ts";
import type { UnreadFormat } from "./content/unreadable.ts";

/** Format of a content that contains other contents, recognised by its first bytes under any name. */
export type PackedFormat = Compressed | "zip" | "tar" | "xz" | "git-pack" | "asar" | UnreadFormat;

/** Bytes from the beginning that distinguish all formats: the magic number of a tar is at 257. */
export const HEAD_BYTES = 512;

/**
 * First four bytes of a zip (PKWARE's APPNOTE 4.3.7, 4.3.16): of a member, or of the end of an empty archive.
 */
const ZIP = [0x04034b50, 0x06054b50];

/**
 * First bytes of each format, as Latin-1. For cpio: the POSIX format, the "new" format, and GNU's with
 * checksums.
 */
const MAGIC: readonly (readonly [string, PackedFormat])[] = [
  ["BZh", "bzip2"],
  ["\xfd7zXZ\0", "xz"],
  ["!<arch>\ndeb", "deb"],
  // First bytes of lzma differ by the dictionary's size, which depends on xz's ten levels.
  ["]\0\0\x04\0\xff", "lzma"],
  ["]\0\0\x10\0\xff", "lzma"],
  ["]\0\0\x20\0\xff", "lzma"],
  ["]\0\0\x40\0\xff", "lzma"],
  ["]\0\0\x80\0\xff", "lzma"],
  ["]\0\0\0\x01\xff", "lzma"],
  ["]\0\0\0\x02\xff", "lzma"],
  ["]\0\0\0\x04\xff", "lzma"],
  ["LZIP\x01", "lzip"],
  ["\x04\x22M\x18", "lz4"],
  ["7z\xbc\xaf\x27\x1c", "7z"],
  ["Rar!\x1a\x07", "rar"],
  ["\xed\xab\xee\xdb", "rpm"],
  ["070701", "cpio"],
  ["070702", "cpio"],
  ["070707", "cpio"],
  ["MSCF\0\0\0\0", "cab"],
  ["\x1f\x9d", "compress"],
  ["\xff\x06\0\0sNaPpY", "snappy"],
  ["hsqs", "squashfs"],
  ["# v2 git bundle\n", "git-bundle"],
  ["# v3 git bundle\n", "git-bundle"],
  ["PACK\0\0\0\x02", "git-pack"],
  ["PACK\0\0\0\x03", "git-pack"],
  ["\x04\0\0\0", "asar"],
];
/** Table with 1 for each byte that begins a format: one look excludes most files. */
const FIRST = new Uint8Array(256);
const MAGIC_BY_FIRST = Map.groupBy(MAGIC, ([magic]) => magic.charCodeAt(0));
for (const first of MAGIC_BY_FIRST.keys()) FIRST[first] = 1;
for (const byte of [0x50, 0x1f, 0x28, 0x78]) FIRST[byte] = 1;
// zstd's skippable frames.
for (let byte = 0x50; byte < 0x60; byte++) FIRST[byte] = 1;

/**
 * Format of a content; undefined for a content that is not packed.
 *
 * @param head first HEAD_BYTES of the content, or all of a shorter content
 * @param path used for formats without a magic number: brotli by `.br`, git's objects by their folder
 */
export function packedFormat(head: Uint8Array, path: string): PackedFormat | undefined {
  if (FIRST[head[0] ?? 0] === 1) {
    const format = magicFormat(head, path);
    if (format !== undefined) return format;
  }
  if (isTar(head, path)) return "tar";
  return path.endsWith(".br") ? "brotli" : undefined;
}

function magicFormat(head: Uint8Array, path: string): PackedFormat | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (bytes.length >= 4 && ZIP.includes(bytes.readUInt32LE(0))) return "zip";
  const known = MAGIC_BY_FIRST.get(head[0] ?? 0)?.find(([magic]) => begins(bytes, magic));
  if (known !== undefined) return isMeant(known[1], bytes) ? known[1] : undefined;
  return formatOf(head) ?? (isGitObject(bytes, path) ? "zlib" : undefined);
}

/** Whether the bytes after a short magic number confirm the format. */
function isMeant(format: PackedFormat, bytes: Buffer): boolean {
  if (format === "asar") return bytes.toString("latin1", 16, 24) === '{"files"';
  return format !== "bzip2" || isBzip2(bytes);
}

function isBzip2(bytes: Buffer): boolean {
  return /^BZh[1-9]1AY&SY/.test(bytes.toString("latin1", 0, 10));
}

function begins(bytes: Buffer, magic: string): boolean {
  return bytes.toString("latin1", 0, magic.length) === magic;
}

/** Whether a file is an object of git: a zlib stream (RFC 1950), in a file named by the object's SHA-1 or SHA-256. */
function isGitObject(head: Buffer, path: string): boolean {
  const [first = 0, second = 0] = head;
  if ((first & 0x0f) !== 8 || ((first << 8) | second) % 31 !== 0) return false;
  return /(?:^|\/)[0-9a-f]{2}\/(?:[0-9a-f]{38}|[0-9a-f]{62})$/.test(path);
}

/**
 * Whether the checksum of the first header is right: texts and programs about tars contain the magic number,
 * too. Old tars have no magic number.
 */
function isTar(head: Uint8Array, path: string): boolean {
  if (head.length < HEAD_BYTES) return false;
  // A single byte is compared first, since any text may have a `u` there; a false header costs an error.
  const isNamed = head[257] === USTAR[0] && USTAR.equals(head.subarray(257, 257 + USTAR.length));
  if (!isNamed && !path.endsWith(".tar")) return false;
  try {
    parseHeader(head);
    return head[0] !== 0;
  } catch {
    return false;
  }
}

/** Magic number at offset 257, of POSIX's and GNU's tar. */
const USTAR = Buffer.from("ustar");
