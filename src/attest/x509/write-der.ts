// Writes DER elements of less than 64 KiB.

import { TAG } from "./der.ts";

/** Element with this tag around its parts. */
export function derElement(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length >= 2 ** 16) throw new RangeError("an element of 64 KiB");
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

export function derSequence(...parts: readonly Uint8Array[]): Buffer {
  return derElement(TAG.sequence, ...parts);
}

/** Unsigned integer from these bytes, most significant byte first. */
export function derInteger(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const shortest = first === -1 ? Buffer.from([0]) : Buffer.from(bytes.subarray(first));
  const isNegative = ((shortest[0] ?? 0) & 0x80) !== 0;
  return derElement(TAG.integer, isNegative ? Buffer.concat([Buffer.from([0]), shortest]) : shortest);
}
