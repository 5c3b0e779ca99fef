import { compareDigits, compareText, isDigit, isLetter } from "./digits.ts";
import { versionScheme } from "./version-scheme.ts";

/**
 * Kinds of version parts, in order of occurrence. Where two versions differ in kind, the version whose next
 * part has the lower number is newer, except for pre-release suffixes.
 */
const KIND = {
  first: 0,
  number: 1,
  letter: 2,
  suffix: 3,
  suffixNumber: 4,
  hash: 5,
  revision: 6,
  end: 7,
} as const;
type Kind = (typeof KIND)[keyof typeof KIND];

/** Suffixes from oldest to newest; "" stands for a version without a suffix. */
const SUFFIXES = ["alpha", "beta", "pre", "rc", "", "cvs", "svn", "git", "hg", "p"];
const NO_SUFFIX = SUFFIXES.indexOf("");

interface Part {
  readonly kind: Kind;
  readonly text: string;
  /** Index of a suffix in SUFFIXES; 0 for other parts. */
  readonly suffix: number;
}

const END: Part = { kind: KIND.end, text: "", suffix: 0 };

/** Version parts as apk-tools 3 reads them: `number{.number}{letter}{_suffix{number}}{~hash}{-rnumber}`. */
function parse(text: string): readonly Part[] | undefined {
  const parts: Part[] = [];
  let kind: Kind = KIND.first;
  let at = 0;
  do {
    const part = partAt(text, at, parts.length === 0 ? undefined : kind);
    if (part === undefined) return undefined;
    parts.push(part.part);
    kind = part.part.kind;
    at = part.end;
  } while (at < text.length);
  return parts;
}

/** @param before kind of the previous part; absent at the beginning */
function partAt(text: string, at: number, before: Kind | undefined): { part: Part; end: number } | undefined {
  const code = text.charCodeAt(at);
  if (before === undefined) return run(KIND.first, text, at, isDigit);
  if (isDigit(code)) return before === KIND.suffix ? run(KIND.suffixNumber, text, at, isDigit) : undefined;
  if (code === 0x2e) return before <= KIND.number ? run(KIND.number, text, at + 1, isDigit) : undefined;
  if (code === 0x5f) return before <= KIND.suffixNumber ? suffixAt(text, at + 1) : undefined;
  if (code === 0x7e) return before < KIND.hash ? run(KIND.hash, text, at + 1, isHexadecimal) : undefined;
  if (text.startsWith("-r", at)) {
    return before < KIND.revision ? run(KIND.revision, text, at + 2, isDigit) : undefined;
  }
  if (!isLowercase(code) || before > KIND.number) return undefined;
  return { part: { kind: KIND.letter, text: text.charAt(at), suffix: 0 }, end: at + 1 };
}

/** Reads a run of one or more characters. */
function run(
  kind: Kind,
  text: string,
  start: number,
  holds: (code: number) => boolean,
): { part: Part; end: number } | undefined {
  let end = start;
  while (holds(text.charCodeAt(end))) end += 1;
  return end === start ? undefined : { part: { kind, text: text.slice(start, end), suffix: 0 }, end };
}

function suffixAt(text: string, start: number): { part: Part; end: number } | undefined {
  const found = run(KIND.suffix, text, start, isLowercase);
  const suffix = found === undefined ? -1 : SUFFIXES.indexOf(found.part.text);
  return found && suffix !== -1 ? { part: { ...found.part, suffix }, end: found.end } : undefined;
}

function isLowercase(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

function isHexadecimal(code: number): boolean {
  return isDigit(code) || (isLetter(code) && (code | 0x20) <= 0x66);
}

function order(a: readonly Part[], b: readonly Part[]): number {
  const parts = Math.max(a.length, b.length);
  for (let index = 0; index < parts; index += 1) {
    const found = orderParts(a[index] ?? END, b[index] ?? END);
    if (found !== 0) return found;
  }
  return 0;
}

function orderParts(a: Part, b: Part): number {
  if (a.kind !== b.kind) return rank(b) - rank(a);
  if (a.kind === KIND.suffix) return a.suffix - b.suffix;
  if (a.kind === KIND.letter || a.kind === KIND.hash) return compareText(a.text, b.text);
  // A number behind a dot that begins with zero is a fraction, as in Gentoo's versions.
  const isFraction = a.kind === KIND.number && (a.text.startsWith("0") || b.text.startsWith("0"));
  return isFraction ? compareText(a.text, b.text) : compareDigits(a.text, b.text);
}

/** Rank of a part's kind; a version whose next part has the higher rank is older. */
function rank({ kind, suffix }: Part): number {
  return kind === KIND.suffix && suffix < NO_SUFFIX ? KIND.end + 1 : kind;
}

/** Scheme of Alpine, Wolfi and Chainguard. */
export const apk = versionScheme("apk", parse, order);
