import { createHash } from "node:crypto";
import { bitsPerCharacter } from "./entropy.ts";

/**
 * Values of at least this length are masked except for a few characters; shorter values are masked
 * completely.
 */
const LONG = 16;

/** `glpa…(26)`: the first four characters and the length; of a short or guessable value only the length. */
export function maskValue(value: string): string {
  const shown = value.length >= LONG && bitsPerCharacter(value) >= 3 ? value.trimStart().slice(0, 4) : "";
  return `${shown.replace(/[^\x21-\x7e]/g, "?")}…(${value.length})`;
}

/** Tokens that end with a checksum (GitHub, npm). */
const CHECKED = /(?:(?<![A-Za-z0-9])|(?<=\\u[0-9a-f]{4}))(?:gh[opsur]|npm)_[A-Za-z0-9]{36,255}/g;
const CHECKED_LENGTH = 40;

/**
 * Text with tokens of these forms masked even if the checksum is wrong: they are too uncertain for a finding,
 * but may be mistyped secrets.
 */
export function maskLookalikes(text: string): string {
  if (text.length < CHECKED_LENGTH || !text.includes("_")) return text;
  return text.replace(CHECKED, maskValue);
}

/** Whether the text contains a masked secret; such a text must not be written anywhere as a value. */
export function isMasked(text: string): boolean {
  return /…\(\d{1,9}\)/.test(text);
}

/** Identifier of one value in one place: 16 hexadecimal digits of SHA-256 over kind, place and value. */
export function secretId(kind: string, place: string, value: string): string {
  return createHash("sha256")
    .update(JSON.stringify([kind, place, value]))
    .digest("hex")
    .slice(0, 16);
}
