import { closeSync, constants, openSync, readSync } from "node:fs";
import { wholeLines } from "./whole-lines.ts";

/** Flags that leave the access time unchanged, so that our reading does not look like the container's. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOATIME;

/** Beginning of a file; undefined if it is unreadable or a link. */
export function readStart(path: string | Buffer, most: number): Buffer | undefined {
  const buffer = Buffer.alloc(most);
  try {
    const fd = openSync(path, FLAGS);
    try {
      return buffer.subarray(0, readSync(fd, buffer));
    } finally {
      closeSync(fd);
    }
  } catch {
    return undefined;
  }
}

/** Text without control characters except white space and escapes. */
// oxlint-disable-next-line no-control-regex -- it is about control characters
const CONTROL = /[\0-\x08\x0e-\x1a\x1c-\x1f]/;

/**
 * Decoded text: UTF-8, with a possibly incomplete last character; UTF-16; otherwise Latin-1, in which some
 * programs still log.
 */
export function textOf(bytes: Buffer): string | undefined {
  const text = (utf16Of(bytes) ?? isUtf8(bytes)) ? new TextDecoder().decode(bytes) : bytes.toString("latin1");
  return CONTROL.test(text) ? undefined : text;
}

/** Bytes by which UTF-16 is recognised. */
const UTF16_LOOK = 256;
const BYTE_ORDER_MARK = 0xfeff;

/** Allowed share of NULs in a text: truncating an open log leaves some. */
const NULS = 0.1;

/**
 * Whole lines of a text, without NULs; undefined if the content is not text.
 *
 * @param start beginning of the file
 * @param bytes size of the file
 */
export function textSample(start: Buffer, bytes: number): string | undefined {
  const text = textAmongNuls(start);
  return text === undefined || start.length >= bytes ? text : wholeLines(text, "end");
}

/** UTF-16 text, recognised by a byte order mark, or by NUL in every other byte, as for ASCII letters. */
function utf16Of(bytes: Buffer): string | undefined {
  const pairs = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const halves = [0, 1].map((half) => pairs.subarray(0, UTF16_LOOK).filter((_, at) => at % 2 === half));
  const [first, second] = halves.map((half) => half.length > 1 && half.every((byte) => byte === 0));
  const isBig = pairs.length > 1 && pairs.readUInt16BE(0) === BYTE_ORDER_MARK;
  const isLittle = pairs.length > 1 && pairs.readUInt16LE(0) === BYTE_ORDER_MARK;
  if (isLittle || (second === true && first === false))
    return pairs.toString("utf16le").replace(/^\uFEFF/, "");
  if (!isBig && !(first === true && second === false)) return undefined;
  return Buffer.from(pairs)
    .swap16()
    .toString("utf16le")
    .replace(/^\uFEFF/, "");
}

function textAmongNuls(bytes: Buffer): string | undefined {
  const wide = utf16Of(bytes);
  if (wide !== undefined) return CONTROL.test(wide) ? undefined : wide;
  const rest = bytes.filter((byte) => byte !== 0);
  return rest.length < bytes.length * (1 - NULS) ? undefined : textOf(Buffer.from(rest));
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
