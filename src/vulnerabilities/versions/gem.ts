import { compareDigits, compareText, isDigit, isLetter } from "./digits.ts";
import { versionScheme } from "./version-scheme.ts";

const VERSION = /^\d+(?:\.[0-9A-Za-z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;
const SEGMENTS = /\d+|[A-Za-z]+/g;

/** Segments of a version: a hyphen means `.pre.`, zeros before a word or at the end are dropped. */
function parse(text: string): readonly string[] | undefined {
  const stated = text.trim();
  if (!VERSION.test(stated)) return undefined;
  const whole = stated.replaceAll("-", ".pre.");
  return withoutZerosBeforeWord(whole.slice(0, significantEnd(whole))).match(SEGMENTS) ?? [];
}

/** End of the text without trailing dots and zero segments; the zeros of a number like 10 stay. */
function significantEnd(text: string): number {
  let end = text.length;
  while (isZeroOrDot(text, end - 1)) end -= 1;
  if (end === 0 || isLetter(text.charCodeAt(end - 1))) return end;
  const dot = text.indexOf(".", end);
  return dot === -1 ? text.length : dot;
}

/** Drops the first zeros between a dot, or the beginning, and a word; once, like RubyGems. */
function withoutZerosBeforeWord(text: string): string {
  let start = 0;
  while (start < text.length) {
    let end = start;
    while (isZeroOrDot(text, end)) end += 1;
    if (end > start && isLetter(text.charCodeAt(end))) return text.slice(0, start) + text.slice(end);
    const dot = text.indexOf(".", end);
    if (dot === -1) return text;
    start = dot + 1;
  }
  return text;
}

function isZeroOrDot(text: string, at: number): boolean {
  const sign = text.charAt(at);
  return sign === "0" || sign === ".";
}

function isNumber(segment: string): boolean {
  return isDigit(segment.charCodeAt(0));
}

/** Order of versions: missing segments are zero, and words come before numbers. */
function order(a: readonly string[], b: readonly string[]): number {
  const segments = Math.max(a.length, b.length);
  for (let index = 0; index < segments; index += 1) {
    const found = orderSegments(a[index] ?? "0", b[index] ?? "0");
    if (found !== 0) return found;
  }
  return 0;
}

function orderSegments(a: string, b: string): number {
  if (isNumber(a) !== isNumber(b)) return isNumber(a) ? 1 : -1;
  return isNumber(a) ? compareDigits(a, b) : compareText(a, b);
}

/** Scheme of RubyGems (Gem::Version). */
export const gem = versionScheme("RubyGems", parse, order);
