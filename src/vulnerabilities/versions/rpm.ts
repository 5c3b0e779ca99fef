import { compareDigits, compareText, isDigit, isLetter } from "./digits.ts";
import { versionScheme } from "./version-scheme.ts";

interface RpmVersion {
  readonly epoch: string;
  readonly version: string;
  /** Release; undefined for a version without a release, which is older than all its releases. */
  readonly release: string | undefined;
}

const EPOCH = /^\d+$/;
const PART = /^[0-9A-Za-z._+~^]+$/;
const DIGIT = /\d/;

/** Version by rpm-version(7): `[epoch:]version[-release]`. */
function parse(text: string): RpmVersion | undefined {
  const colon = text.indexOf(":");
  const epoch = colon === -1 ? "0" : text.slice(0, colon);
  const hyphen = text.lastIndexOf("-");
  const hasRelease = hyphen > colon;
  const version = text.slice(colon + 1, hasRelease ? hyphen : undefined);
  const release = hasRelease ? text.slice(hyphen + 1) : undefined;
  if (!EPOCH.test(epoch) || !PART.test(version) || !DIGIT.test(version)) return undefined;
  if (release !== undefined && !PART.test(release)) return undefined;
  return { epoch, version, release };
}

function order(a: RpmVersion, b: RpmVersion): number {
  return (
    compareDigits(a.epoch, b.epoch) || orderParts(a.version, b.version) || orderReleases(a.release, b.release)
  );
}

function orderReleases(a: string | undefined, b: string | undefined): number {
  if (a !== undefined && b !== undefined) return orderParts(a, b);
  return Number(a !== undefined) - Number(b !== undefined);
}

/** Kinds at a position, from oldest to newest; separators only split runs. */
const KIND = { tilde: 0, end: 1, caret: 2, letters: 3, digits: 4 } as const;
type Kind = (typeof KIND)[keyof typeof KIND];

function orderParts(a: string, b: string): number {
  if (a === b) return 0;
  let left = 0;
  let right = 0;
  for (;;) {
    left = separatorsEnd(a, left);
    right = separatorsEnd(b, right);
    const kind = kindAt(a, left);
    const other = kindAt(b, right);
    if (kind !== other) return kind - other;
    if (kind === KIND.end) return 0;
    const leftEnd = runEnd(a, left, kind);
    const rightEnd = runEnd(b, right, kind);
    const order = orderRuns(a.slice(left, leftEnd), b.slice(right, rightEnd), kind);
    if (order !== 0) return order;
    left = leftEnd;
    right = rightEnd;
  }
}

function orderRuns(a: string, b: string, kind: Kind): number {
  return kind === KIND.digits ? compareDigits(a, b) : compareText(a, b);
}

function kindAt(text: string, at: number): Kind {
  if (at >= text.length) return KIND.end;
  const code = text.charCodeAt(at);
  if (code === 0x7e) return KIND.tilde;
  if (code === 0x5e) return KIND.caret;
  return isDigit(code) ? KIND.digits : KIND.letters;
}

function separatorsEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && ".+_".includes(text.charAt(end))) end += 1;
  return end;
}

function runEnd(text: string, start: number, kind: Kind): number {
  if (kind !== KIND.digits && kind !== KIND.letters) return start + 1;
  const holds = kind === KIND.digits ? isDigit : isLetter;
  let end = start;
  while (end < text.length && holds(text.charCodeAt(end))) end += 1;
  return end;
}

/** Scheme of Red Hat and derivatives, SUSE, and other distributions with rpm. */
export const rpm = versionScheme("rpm", parse, order);
