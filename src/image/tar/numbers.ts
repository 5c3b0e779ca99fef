import { quoted } from "../../contract/shown.ts";
import { corruptImage } from "./corrupt-image.ts";

/**
 * Value of a numeric field: octal digits between spaces or NULs, or GNU's base-256 (high bit of the first
 * byte set, big-endian). Empty is 0.
 *
 * @throws InvalidInputError tar-number: not a number, negative, or above 2^53
 */
export function readNumber(block: Uint8Array, at: number, length: number, field: string): number {
  const value = decode(block, at, length);
  if (value !== undefined && Number.isSafeInteger(value) && value >= 0) return value;
  const seen = quoted(String.fromCharCode(...block.subarray(at, at + length)));
  throw corruptImage("tar-number", {
    fr: `en-tête tar invalide : le champ « ${field} » n'est pas un nombre acceptable (${value ?? seen})`,
    en: `invalid tar header: field "${field}" is not an acceptable number (${value ?? seen})`,
  });
}

/** Time in seconds; an invalid time becomes 0, since nothing else depends on it. */
export function readTime(block: Uint8Array, at: number): number {
  const value = decode(block, at, 12);
  return Number.isSafeInteger(value) ? (value ?? 0) : 0;
}

export function isNumeric(block: Uint8Array, at: number, length: number): boolean {
  return decode(block, at, length) !== undefined;
}

function decode(block: Uint8Array, at: number, length: number): number | undefined {
  const first = block[at] ?? 0;
  return first < 0x80 ? decodeOctal(block, at, at + length) : decodeBase256(block, at, length);
}

function decodeOctal(block: Uint8Array, start: number, end: number): number | undefined {
  let from = start;
  let to = end;
  while (from < to && isBlank(block[from])) from++;
  while (from < to && isBlank(block[to - 1])) to--;
  let value = 0;
  for (let at = from; at < to; at++) {
    const byte = block[at] ?? 0;
    // Bytes after a NUL are ignored.
    if (byte === 0) break;
    if (byte < 0x30 || byte > 0x37) return undefined;
    value = value * 8 + (byte - 0x30);
  }
  return value;
}

/** Base-256 number in two's complement, without the marker bit. */
function decodeBase256(block: Uint8Array, at: number, length: number): number {
  const negative = ((block[at] ?? 0) & 0x40) !== 0;
  let value = (block[at] ?? 0) & 0x3f;
  if (negative) value -= 0x40;
  for (let next = at + 1; next < at + length; next++) value = value * 256 + (block[next] ?? 0);
  return value;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0;
}
