import { isJumbled } from "./entropy.ts";
import { foldCase } from "./fold-case.ts";

/** Forms of a secret value that a program may print, to be searched in texts. */
export interface ValueForms {
  /** Forms that are searched unchanged. */
  readonly exact: readonly string[];
  /** Forms without ASCII capitals, which are searched in texts without ASCII capitals. */
  readonly folded: readonly string[];
}

/** Minimum length of a value that is searched in hexadecimal or in other case. */
const LONG = 8;
/** Length from which a value without a digit is not an ordinary word: `postgres`, `production`, `Administrator`. */
const NO_WORD = 16;
/**
 * Minimum number of base64 characters of a value inside other encoded bytes; 6 bytes give 7 at the worst
 * alignment.
 */
const INNER = 7;
/** Maximum length of a value that is searched encoded; longer values are searched line by line. */
const ENCODED = 64 * 1024;

/** Forms of a value of at least four characters. */
export function valueForms(value: string): ValueForms {
  const json = JSON.stringify(value).slice(1, -1);
  const whole = isDistinctive(value) ? [foldCase(value), foldCase(json)] : [];
  if (value.length > ENCODED) return { exact: [value, json], folded: whole };
  const bytes = Buffer.from(value);
  return {
    exact: [value, json, encodeURIComponent(value.toWellFormed()), ...base64Forms(bytes)],
    folded: bytes.length < LONG ? whole : [...whole, bytes.toString("hex")],
  };
}

/**
 * Base64 forms of the bytes, in both alphabets of RFC 4648: encoded on their own, and as the middle of a
 * longer text (`user:` before a password in a Basic header).
 */
function base64Forms(bytes: Buffer): readonly string[] {
  const inner = innerBase64(bytes).filter(({ length }) => length >= INNER);
  const whole = bytes.toString("base64");
  const forms = [whole, whole.replaceAll("=", ""), ...inner];
  return [...forms, ...forms.map(urlAlphabet)];
}

/** Characters of base64 that encode only these bytes, if 0, 1 or 2 other bytes precede the bytes. */
export function innerBase64(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
}

export function urlAlphabet(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}

/**
 * Whether the value in other case still identifies the value, and is not an ordinary word at the beginning of
 * a sentence.
 */
function isDistinctive(value: string): boolean {
  if (value.length < LONG || !/[A-Za-z]/.test(value)) return false;
  return /\d/.test(value) || value.length >= NO_WORD || isJumbled(value);
}
