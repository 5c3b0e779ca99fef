import { compareDigits, isDigit, isLetter } from "./digits.ts";
import { versionScheme } from "./version-scheme.ts";

interface DebianVersion {
  readonly epoch: string;
  readonly upstream: string;
  readonly revision: string;
}

const EPOCH = /^\d+$/;
/** dpkg holds epochs in an int. */
const MAX_EPOCH = "2147483647";
const UPSTREAM = /^\d[0-9A-Za-z.+~:-]*$/;
const REVISION = /^[0-9A-Za-z.+~]+$/;

/** deb-version(7): `[epoch:]upstream-version[-debian-revision]`; the revision begins behind the last hyphen. */
function parse(text: string): DebianVersion | undefined {
  const colon = text.indexOf(":");
  const epoch = colon === -1 ? "0" : text.slice(0, colon);
  const hyphen = text.lastIndexOf("-");
  const isRevised = hyphen > colon;
  const upstream = text.slice(colon + 1, isRevised ? hyphen : undefined);
  const revision = isRevised ? text.slice(hyphen + 1) : "";
  if (colon !== -1 && (!EPOCH.test(epoch) || compareDigits(epoch, MAX_EPOCH) > 0)) return undefined;
  if (!UPSTREAM.test(upstream) || (isRevised && !REVISION.test(revision))) return undefined;
  return { epoch, upstream, revision };
}

function order(a: DebianVersion, b: DebianVersion): number {
  return (
    compareDigits(a.epoch, b.epoch) ||
    orderParts(a.upstream, b.upstream) ||
    orderParts(a.revision, b.revision)
  );
}

/** Runs of what is no digit and of digits by turns, from the left: the first that differ decide. */
function orderParts(a: string, b: string): number {
  if (a === b) return 0;
  let left = 0;
  let right = 0;
  while (left < a.length || right < b.length) {
    while (isText(a, left) || isText(b, right)) {
      const order = weight(a, left) - weight(b, right);
      if (order !== 0) return order;
      left += 1;
      right += 1;
    }
    const leftEnd = digitsEnd(a, left);
    const rightEnd = digitsEnd(b, right);
    const order = compareDigits(a.slice(left, leftEnd), b.slice(right, rightEnd));
    if (order !== 0) return order;
    left = leftEnd;
    right = rightEnd;
  }
  return 0;
}

function isText(text: string, index: number): boolean {
  return index < text.length && !isDigit(text.charCodeAt(index));
}

/** `~` before the end, the end before letters, letters before every other sign. */
function weight(text: string, index: number): number {
  if (index >= text.length) return 0;
  const code = text.charCodeAt(index);
  if (code === 0x7e) return -1;
  if (isDigit(code)) return 0;
  return isLetter(code) ? code : code + 256;
}

function digitsEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && isDigit(text.charCodeAt(end))) end += 1;
  return end;
}

/** Debian, Ubuntu and what is made of them. */
export const dpkg = versionScheme("dpkg", parse, order);
