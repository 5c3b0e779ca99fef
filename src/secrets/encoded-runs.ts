/** Encoded stretch of a text, with its decoded bytes. */
export interface EncodedRun {
  readonly start: number;
  readonly end: number;
  readonly bytes: Buffer;
}

/** Maximum number of characters of one run; a key of 16,384 bits takes 13,000 in PEM. */
const LONGEST = 128 * 1024;
/** Minimum length of a run in characters; shorter runs contain no secret. */
const SHORTEST = 24;
/** Shortest line of base64 that may continue on the next line. */
const WRAPPED = 40;
const [NEWLINE, RETURN, BACKSLASH, SPACE, TAB] = [0x0a, 0x0d, 0x5c, 0x20, 0x09];

/** Table of the characters of base64 and base64url: letters, digits, `+/` and `-_`. */
const BASE64 = new Uint8Array(256);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_") {
  BASE64[character.charCodeAt(0)] = 1;
}

/** Base64 or base64url that begins at `start`, on one line or wrapped. */
export function base64Run(text: string, start: number): EncodedRun | undefined {
  if (start < 0) return undefined;
  const last = Math.min(text.length, start + LONGEST);
  let at = start;
  for (let line = start; at < last; line = at) {
    while (at < last && BASE64[text.charCodeAt(at)] === 1) at++;
    const next = at - line < WRAPPED ? at : afterBreak(text, at);
    if (next === at) break;
    at = next;
  }
  if (at - start < SHORTEST) return undefined;
  return {
    start,
    end: at,
    bytes: Buffer.from(text.slice(start, at).replace(/\\[nr]|[\\\s]/g, ""), "base64"),
  };
}

/** Characters before a name in a file of settings. */
const BEFORE = 32 * 1024;

/**
 * Starts of the base64 around offsets of a text, each on its offset's line, at most BEFORE characters before
 * the offset. Offsets asked in ascending order read each character once, whatever their number.
 */
export class Base64Starts {
  readonly #text: Pick<string, "charCodeAt">;
  /** Latest offset, and its start: everything between them is base64. */
  #at = -1;
  #start = -1;

  constructor(text: Pick<string, "charCodeAt">) {
    this.#text = text;
  }

  of(at: number): number {
    const first = Math.max(0, at - BEFORE);
    let start = at;
    while (true) {
      if (this.#start <= start && start <= this.#at) start = this.#start;
      if (start <= first || BASE64[this.#text.charCodeAt(start - 1)] !== 1) break;
      start--;
    }
    this.#at = at;
    this.#start = Math.max(first, start);
    return this.#start;
  }
}

/** Minimum length of a run from its anchor on: an anchor begins at most eight characters after its run. */
const BEHIND = SHORTEST - 8;

/** Whether base64 continues after an anchor: in a binary, four matching letters are mostly a coincidence. */
export function goesOn(bytes: Uint8Array, anchor: number): boolean {
  for (let at = anchor; at < anchor + BEHIND; at++) if (BASE64[bytes[at] as number] !== 1) return false;
  return true;
}

/** Start of the next line, after its indentation; the same offset if no line ends here. */
function afterBreak(text: string, at: number): number {
  let next = at;
  if (text.charCodeAt(next) === BACKSLASH) {
    const letter = text[next + 1];
    if (letter === "n") return next + 2;
    if (letter === "r") return text.startsWith("\\n", next + 2) ? next + 4 : next + 2;
    next++;
  }
  if (text.charCodeAt(next) === RETURN) next++;
  if (text.charCodeAt(next) !== NEWLINE) return at;
  next++;
  for (let indent = 0; indent < WRAPPED; indent++) {
    const unit = text.charCodeAt(next);
    if (unit !== SPACE && unit !== TAB) break;
    next++;
  }
  return next;
}

const HEX = /[\da-fA-F]{24,131072}/y;

export function hexRun(text: string, start: number): EncodedRun | undefined {
  const run = matchAt(HEX, text, start);
  return run === undefined ? undefined : { start, end: start + run.length, bytes: Buffer.from(run, "hex") };
}

/** Characters of hexadecimal before a name: the rest of its line, such as `export DB_`. */
const NAME_PREFIX = 128;
const HEX_DIGIT = /[\da-fA-F]/;

/** Start of the hexadecimal before a name, at a whole number of bytes. */
export function startOfHex(text: string, at: number): number {
  let start = at;
  while (at - start < NAME_PREFIX && HEX_DIGIT.test(text.charAt(start - 1))) start--;
  return start + ((at - start) % 2);
}

/** Rest of the literal or of the line. */
const ESCAPED = /[^"'`<>\n\r]{24,131072}/y;
const ESCAPE =
  /\\x([\da-f]{2})|\\u00([\da-f]{2})|\\u\{([\da-f]{2})\}|\\([0-3][0-7]{2})|%([\da-f]{2})|=([\da-f]{2})|&#x([\da-f]{1,2});|&#(\d{1,3});|\\([nrt])|\+(?=[A-Z]{2})/gi;

/** Run of escapes of a string literal, a URL, HTML or quoted-printable, in any mixture. */
export function escapedRun(text: string, start: number): EncodedRun | undefined {
  const run = matchAt(ESCAPED, text, start);
  if (run === undefined) return undefined;
  const isForm = run.startsWith("-----BEGIN+");
  const plain = run.replace(ESCAPE, (whole, ...groups: readonly unknown[]) => {
    const [x, u, braced, octal, percent, quoted, entity, decimal, letter] = groups as readonly (
      | string
      | undefined
    )[];
    const hex = x ?? u ?? braced ?? percent ?? quoted ?? entity;
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    if (decimal !== undefined) return String.fromCharCode(Number(decimal) & 0xff);
    if (letter !== undefined) return "\n";
    return isForm ? " " : whole;
  });
  return { start, end: start + run.length, bytes: Buffer.from(plain, "latin1") };
}

const ITEM = /\s{0,40}(?:0x([\da-fA-F]{1,2})|(\d{1,3})|'\\?([^\n])')\s{0,40}(?:,|(?=[\]})\s]))/y;

/** Bytes as a list of numbers or characters: `0x2d, 0x2d`, `45, 45`, `'-', '-'`. */
export function numbersRun(text: string, start: number): EncodedRun | undefined {
  const bytes: number[] = [];
  ITEM.lastIndex = start;
  let end = start;
  while (bytes.length < LONGEST) {
    const item = ITEM.exec(text);
    if (item === null) break;
    end = ITEM.lastIndex;
    const [, hex, decimal, character] = item;
    bytes.push(
      hex === undefined
        ? decimal === undefined
          ? charOf(item[0], character)
          : Number(decimal)
        : Number.parseInt(hex, 16),
    );
  }
  return bytes.length < SHORTEST ? undefined : { start, end, bytes: Buffer.from(bytes) };
}

function charOf(item: string, character = ""): number {
  return item.includes("'\\n'") ? NEWLINE : character.charCodeAt(0);
}

function matchAt(pattern: RegExp, text: string, start: number): string | undefined {
  if (start < 0) return undefined;
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0];
}
