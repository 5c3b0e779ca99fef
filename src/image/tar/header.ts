// One header block of a tar: old V7, ustar (POSIX.1-1988), GNU and star. Fields are read like in Go's
// archive/tar, with which containerd, Docker and Podman unpack layers.

import { decodeName } from "../../files/names.ts";
import { corruptImage } from "./corrupt-image.ts";
import { isNumeric, readNumber, readTime } from "./numbers.ts";

export const BLOCK = 512;

export interface TarHeader {
  readonly format: "v7" | "ustar" | "gnu";
  /** Name as written, with ustar's prefix; a PAX or long-name record may replace it. */
  readonly name: string;
  /** The type flag as one character; "\0" in old archives means a file. */
  readonly flag: string;
  /** Permission bits, at most 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Declared size in bytes. */
  readonly size: number;
  /** Modification time in seconds since 1970. */
  readonly mtime: number;
  /** Target of a hard or symbolic link. */
  readonly link: string;
  /** Whether the entry is a character device with major and minor number 0. */
  readonly isNullDevice: boolean;
}

/**
 * Reads one block of 512 bytes.
 *
 * @param at offset of the block in `bytes`
 * @throws InvalidInputError tar-checksum, tar-number
 */
export function parseHeader(bytes: Uint8Array, at = 0): TarHeader {
  verifyChecksum(bytes, at);
  const format = formatOf(bytes, at);
  const prefix = prefixOf(bytes, at, format);
  const name = text(bytes, at, 100);
  const flag = String.fromCharCode(bytes[at + 156] ?? 0);
  return {
    format,
    name: prefix === "" ? name : `${prefix}/${name}`,
    flag,
    mode: readNumber(bytes, at + 100, 8, "mode") & 0o7777,
    uid: readNumber(bytes, at + 108, 8, "uid"),
    gid: readNumber(bytes, at + 116, 8, "gid"),
    size: readNumber(bytes, at + 124, 12, "size"),
    mtime: readTime(bytes, at + 136),
    link: text(bytes, at + 157, 100),
    isNullDevice: flag === "3" && (format === "v7" || isDeviceZero(bytes, at)),
  };
}

function isDeviceZero(bytes: Uint8Array, at: number): boolean {
  return readNumber(bytes, at + 329, 8, "devmajor") === 0 && readNumber(bytes, at + 337, 8, "devminor") === 0;
}

/** Whether the block is all zeros; two such blocks end an archive. */
export function isZeroBlock(bytes: Uint8Array, at = 0): boolean {
  for (let offset = at; offset < at + BLOCK; offset++) if (bytes[offset] !== 0) return false;
  return true;
}

const CHECKSUM = 148;
const CHECKSUM_END = 156;

/**
 * Verifies the checksum: the sum of all bytes, with the checksum field counted as spaces; old tars summed
 * signed bytes.
 */
function verifyChecksum(bytes: Uint8Array, at: number): void {
  const spaces = 0x20 * (CHECKSUM_END - CHECKSUM);
  const before = sumOf(bytes, at, at + CHECKSUM);
  const unsigned = before + spaces + sumOf(bytes, at + CHECKSUM_END, at + BLOCK);
  const declared = readNumber(bytes, at + CHECKSUM, CHECKSUM_END - CHECKSUM, "checksum");
  if (declared === unsigned || declared === unsigned - 256 * aboveAscii(bytes, at)) return;
  throw corruptImage("tar-checksum", {
    fr: `en-tête tar corrompu : somme de contrôle ${declared} déclarée, ${unsigned} calculée`,
    en: `corrupt tar header: checksum ${declared} declared, ${unsigned} computed`,
  });
}

/** Sum of bytes, whose number must be a multiple of four. */
function sumOf(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 4) {
    const pair = (bytes[at] as number) + (bytes[at + 1] as number);
    sum += pair + (bytes[at + 2] as number) + (bytes[at + 3] as number);
  }
  return sum;
}

function aboveAscii(bytes: Uint8Array, at: number): number {
  return bytes.subarray(at, at + BLOCK).reduce((count, byte, offset) => {
    const counts = byte > 127 && (offset < CHECKSUM || offset >= CHECKSUM_END);
    return counts ? count + 1 : count;
  }, 0);
}

function formatOf(bytes: Uint8Array, at: number): TarHeader["format"] {
  if (holds(bytes, at + 257, "ustar\0")) return "ustar";
  return holds(bytes, at + 257, "ustar  \0") ? "gnu" : "v7";
}

function prefixOf(bytes: Uint8Array, at: number, format: TarHeader["format"]): string {
  if (format === "v7") return "";
  if (format === "gnu") return hasPrefixByMistake(bytes, at) ? text(bytes, at + 345, 155) : "";
  return text(bytes, at + 345, holds(bytes, at + 508, "tar\0") ? 131 : 155);
}

/**
 * Whether the header has a ustar prefix where GNU headers have times: Go before 1.8 wrote this format, and Go
 * still accepts it.
 */
function hasPrefixByMistake(bytes: Uint8Array, at: number): boolean {
  const isTime = (field: number) => bytes[field] === 0 || isNumeric(bytes, field, 12);
  return !(isTime(at + 345) && isTime(at + 357)) && /^[\0-\x7f]*$/.test(text(bytes, at + 345, 155));
}

/** Text of a string field, up to its first NUL. */
function text(bytes: Uint8Array, at: number, length: number): string {
  let end = at;
  while (end < at + length && bytes[end] !== 0) end++;
  return end === at ? "" : decodeName(bytes, at, end);
}

function holds(bytes: Uint8Array, at: number, ascii: string): boolean {
  for (let index = 0; index < ascii.length; index++) {
    if (bytes[at + index] !== ascii.charCodeAt(index)) return false;
  }
  return true;
}
