import { compareDigits, compareRuns, digitsEnd, isDigit, isLetter } from "./digits.ts";
import { versionScheme } from "./version-scheme.ts";

/** Version as offsets in its text: tens of thousands of versions are compared, so no substrings are made. */
interface DebianVersion {
  readonly text: string;
  readonly epoch: string;
  readonly upstream: number;
  /** End of the upstream version: its last hyphen, or the end. */
  readonly upstreamEnd: number;
  /** Beginning of the revision; the end if there is none. */
  readonly revision: number;
}

const EPOCH = /^\d+$/;
/** Largest epoch, which dpkg stores in an int. */
const MAX_EPOCH = "2147483647";
const COLON = 0x3a;
const HYPHEN = 0x2d;
const TILDE = 0x7e;

/**
 * Version by deb-version(7): `[epoch:]upstream-version[-debian-revision]`; the revision begins after the last
 * hyphen.
 */
function parse(text: string): DebianVersion | undefined {
  const colon = text.indexOf(":");
  const epoch = colon === -1 ? "0" : text.slice(0, colon);
  if (colon !== -1 && (!EPOCH.test(epoch) || compareDigits(epoch, MAX_EPOCH) > 0)) return undefined;
  const upstream = colon + 1;
  const hyphen = text.lastIndexOf("-");
  const isRevised = hyphen > colon;
  const upstreamEnd = isRevised ? hyphen : text.length;
  const revision = isRevised ? hyphen + 1 : text.length;
  if (!isDigit(text.charCodeAt(upstream)) || upstreamEnd === upstream) return undefined;
  if (isRevised && revision === text.length) return undefined;
  for (let at = upstream; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isUpstreams = at < upstreamEnd && (code === COLON || code === HYPHEN);
    if (!isSign(code) && !isUpstreams && at !== hyphen) return undefined;
  }
  return { text, epoch, upstream, upstreamEnd, revision };
}

/** Whether the code is a letter, a digit or one of `.+~`. */
function isSign(code: number): boolean {
  return isDigit(code) || isLetter(code) || code === 0x2e || code === 0x2b || code === TILDE;
}

function order(a: DebianVersion, b: DebianVersion): number {
  if (a.text === b.text) return 0;
  return (
    compareDigits(a.epoch, b.epoch) ||
    orderParts(a.text, a.upstream, a.upstreamEnd, b.text, b.upstream, b.upstreamEnd) ||
    orderParts(a.text, a.revision, a.text.length, b.text, b.revision, b.text.length)
  );
}

/** Compares alternating runs of non-digits and digits from the left; the first difference decides. */
function orderParts(
  a: string,
  aStart: number,
  aEnd: number,
  b: string,
  bStart: number,
  bEnd: number,
): number {
  let left = aStart;
  let right = bStart;
  while (left < aEnd || right < bEnd) {
    while (isText(a, left, aEnd) || isText(b, right, bEnd)) {
      const order = weight(a, left, aEnd) - weight(b, right, bEnd);
      if (order !== 0) return order;
      left += 1;
      right += 1;
    }
    const leftEnd = digitsEnd(a, left, aEnd);
    const rightEnd = digitsEnd(b, right, bEnd);
    const order = compareRuns(a, left, leftEnd, b, right, rightEnd);
    if (order !== 0) return order;
    left = leftEnd;
    right = rightEnd;
  }
  return 0;
}

function isText(text: string, at: number, end: number): boolean {
  return at < end && !isDigit(text.charCodeAt(at));
}

/** Order of characters: `~` before the end, the end before letters, letters before all other characters. */
function weight(text: string, at: number, end: number): number {
  if (at >= end) return 0;
  const code = text.charCodeAt(at);
  if (code === TILDE) return -1;
  if (isDigit(code)) return 0;
  return isLetter(code) ? code : code + 256;
}

/** Scheme of Debian, Ubuntu and their derivatives. */
export const dpkg = versionScheme("dpkg", parse, order);
