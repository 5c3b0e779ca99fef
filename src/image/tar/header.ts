// One header block of a tar: old V7, ustar (POSIX.1-1988), GNU and star. Fields and their reading
// follow Go's archive/tar, since containerd, Docker and Podman unpack layers with it.

import { corruptImage } from "../corrupt-image.ts";
import { decodeName } from "./names.ts";
import { isNumeric, readNumber, readTime } from "./numbers.ts";

export const BLOCK = 512;

export interface TarHeader {
  readonly format: "v7" | "ustar" | "gnu";
  /** As written, with ustar's prefix; a PAX or long-name record may replace it. */
  readonly name: string;
  /** The type flag as one character; "\0" in old archives means a file. */
  readonly flag: string;
  /** 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes, as declared. */
  readonly size: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  /** Target of a hard or symbolic link. */
  readonly link: string;
}

/**
 * Reads one block of 512 bytes.
 *
 * @throws InvalidInputError tar-checksum, tar-number
 */
export function parseHeader(block: Uint8Array): TarHeader {
  verifyChecksum(block);
  const format = formatOf(block);
  const prefix = prefixOf(block, format);
  const name = text(block, 0, 100);
  return {
    format,
    name: prefix === "" ? name : `${prefix}/${name}`,
    flag: String.fromCharCode(block[156] ?? 0),
    mode: readNumber(block, 100, 8, "mode") & 0o7777,
    uid: readNumber(block, 108, 8, "uid"),
    gid: readNumber(block, 116, 8, "gid"),
    size: readNumber(block, 124, 12, "size"),
    mtime: readTime(block, 136),
    link: text(block, 157, 100),
  };
}

/** Two such blocks end an archive. */
export function isZeroBlock(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

const CHECKSUM = 148;
const CHECKSUM_END = 156;

/** The sum of all bytes, the checksum's own field counted as spaces; old tars summed signed bytes. */
function verifyChecksum(block: Uint8Array): void {
  const spaces = 0x20 * (CHECKSUM_END - CHECKSUM);
  const view = new DataView(block.buffer, block.byteOffset, BLOCK);
  const unsigned = spaces + sumOf(view, 0, CHECKSUM) + sumOf(view, CHECKSUM_END, BLOCK);
  const declared = readNumber(block, CHECKSUM, CHECKSUM_END - CHECKSUM, "checksum");
  if (declared === unsigned || declared === unsigned - 256 * aboveAscii(block)) return;
  throw corruptImage("tar-checksum", {
    fr: `en-tête tar corrompu : somme de contrôle ${declared} déclarée, ${unsigned} calculée`,
    en: `corrupt tar header: checksum ${declared} declared, ${unsigned} computed`,
  });
}

/** Four bytes at a time, in two lanes of 16 bits, which a block's bytes cannot fill. */
function sumOf(block: DataView, from: number, to: number): number {
  let lanes = 0;
  for (let at = from; at < to; at += 4) {
    const word = block.getInt32(at, true);
    lanes = (lanes + (word & 0xff_00ff) + ((word >>> 8) & 0xff_00ff)) | 0;
  }
  return (lanes & 0xffff) + (lanes >>> 16);
}

function aboveAscii(block: Uint8Array): number {
  return block.reduce((count, byte, at) => {
    const counts = byte > 127 && (at < CHECKSUM || at >= CHECKSUM_END);
    return counts ? count + 1 : count;
  }, 0);
}

function formatOf(block: Uint8Array): TarHeader["format"] {
  if (holds(block, 257, "ustar\0")) return "ustar";
  return holds(block, 257, "ustar  \0") ? "gnu" : "v7";
}

function prefixOf(block: Uint8Array, format: TarHeader["format"]): string {
  if (format === "v7") return "";
  if (format === "gnu") return hasPrefixByMistake(block) ? text(block, 345, 155) : "";
  return text(block, 345, holds(block, 508, "tar\0") ? 131 : 155);
}

/** Go before 1.8 wrote a ustar prefix where GNU has its times; Go reads it so to this day. */
function hasPrefixByMistake(block: Uint8Array): boolean {
  const isTime = (at: number) => block[at] === 0 || isNumeric(block, at, 12);
  return !(isTime(345) && isTime(357)) && /^[\0-\x7f]*$/.test(text(block, 345, 155));
}

/** A string field: up to its first NUL. */
function text(block: Uint8Array, at: number, length: number): string {
  if (block[at] === 0) return "";
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return decodeName(end === -1 ? field : field.subarray(0, end));
}

function holds(block: Uint8Array, at: number, ascii: string): boolean {
  for (let index = 0; index < ascii.length; index++) {
    if (block[at + index] !== ascii.charCodeAt(index)) return false;
  }
  return true;
}
