import { compareDigits, compareText, digitsEnd } from "./digits.ts";
import { versionScheme } from "./version-scheme.ts";

/**
 * Version by https://semver.org/spec/v2.0.0.html; build metadata, which do not affect the order, are dropped.
 */
export interface SemanticVersion {
  /** Major, minor, patch; loose versions may have more. */
  readonly numbers: readonly string[];
  /** Identifiers of the pre-release; empty for a release. */
  readonly prerelease: readonly string[];
}

const REST = /^(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;
const NUMBER = /^\d+$/;
const RELEASED: readonly string[] = [];

/** @param start offset at which the version begins */
export function parseSemver(text: string, start = 0): SemanticVersion | undefined {
  const majorEnd = digitsEnd(text, start);
  const minorEnd = digitsEnd(text, majorEnd + 1);
  const end = digitsEnd(text, minorEnd + 1);
  if (text.charAt(majorEnd) !== "." || text.charAt(minorEnd) !== ".") return undefined;
  const isNumbers =
    isNumber(text, start, majorEnd) &&
    isNumber(text, majorEnd + 1, minorEnd) &&
    isNumber(text, minorEnd + 1, end);
  if (!isNumbers) return undefined;
  const prerelease = end === text.length ? RELEASED : identifiers(text.slice(end));
  if (prerelease === undefined) return undefined;
  const numbers = [
    text.slice(start, majorEnd),
    text.slice(majorEnd + 1, minorEnd),
    text.slice(minorEnd + 1, end),
  ];
  return { numbers, prerelease };
}

/** Whether the text is digits without leading zeros. */
function isNumber(text: string, start: number, end: number): boolean {
  return end > start && (end === start + 1 || text.charAt(start) !== "0");
}

function identifiers(rest: string): readonly string[] | undefined {
  const [whole, stated] = REST.exec(rest) ?? [];
  if (whole === undefined) return undefined;
  const prerelease = stated === undefined ? RELEASED : stated.split(".");
  return prerelease.every(isIdentifier) ? prerelease : undefined;
}

function isIdentifier(text: string): boolean {
  return text !== "" && (text === "0" || !text.startsWith("0") || !NUMBER.test(text));
}

export function orderSemver(a: SemanticVersion, b: SemanticVersion): number {
  const parts = Math.max(a.numbers.length, b.numbers.length);
  for (let index = 0; index < parts; index += 1) {
    const order = compareDigits(a.numbers[index] ?? "", b.numbers[index] ?? "");
    if (order !== 0) return order;
  }
  return orderPrereleases(a.prerelease, b.prerelease);
}

/** Section 11 of the specification: a release comes after its pre-releases, more identifiers after fewer. */
export function orderPrereleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    const order = orderIdentifiers(left, right);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function orderIdentifiers(a: string, b: string): number {
  if (a === b) return 0;
  const isNumber = NUMBER.test(a);
  if (isNumber !== NUMBER.test(b)) return isNumber ? -1 : 1;
  return isNumber ? compareDigits(a, b) : compareText(a, b);
}

/** Scheme of Semantic Versioning 2.0.0, strict. */
export const semver = versionScheme("semver", (text) => parseSemver(text), orderSemver);
