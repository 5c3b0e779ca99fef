import { compareDigits, compareText, isDigit } from "./digits.ts";
import { versionScheme } from "./version-scheme.ts";

const VERSION = /^\d+(?:\.[0-9A-Za-z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;
const SEGMENTS = /\d+|[A-Za-z]+/g;

/** Its segments; a hyphen stands for `.pre.`, and zeros before the first word or the end are left out. */
function parse(text: string): readonly string[] | undefined {
  const stated = text.trim();
  if (!VERSION.test(stated)) return undefined;
  const segments = stated.replaceAll("-", ".pre.").match(SEGMENTS) ?? [];
  const word = segments.findIndex((segment) => !isNumber(segment));
  const release = word === -1 ? segments : segments.slice(0, word);
  return [...withoutZeros(release), ...(word === -1 ? [] : withoutZeros(segments.slice(word)))];
}

function withoutZeros(segments: readonly string[]): readonly string[] {
  return segments.slice(
    0,
    segments.findLastIndex((one) => !isNumber(one) || compareDigits(one, "") !== 0) + 1,
  );
}

function isNumber(segment: string): boolean {
  return isDigit(segment.charCodeAt(0));
}

/** Segments that are missing are zero; words come before numbers. */
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

/** RubyGems (Gem::Version). */
export const gem = versionScheme("RubyGems", parse, order);
