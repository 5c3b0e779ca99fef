import { looseSemver } from "../versions/loose-semver.ts";
import type { VersionScheme } from "../versions/version-scheme.ts";
import type {
  Affectedness,
  AffectedRange,
  AffectedVersions,
  UnknownAffectedness,
} from "./affected-versions.ts";
import { type InstalledVersion, installedVersion } from "./installed-version.ts";
import { rangeState } from "./range-state.ts";

/**
 * Whether an advisory affects a version: listed, or in a range. "Not affected" requires that every range was
 * understood and none contains the version; otherwise the result is unknown.
 */
export function affectedness(affected: AffectedVersions, installed: InstalledVersion): Affectedness {
  const { versions = [], ranges = [] } = affected;
  if (versions.includes(installed.text)) return affectedOf(ranges, installed);
  let unknown: UnknownAffectedness | undefined;
  for (const range of ranges) {
    const state = stateIn(range, installed);
    if (state === "affected") return affectedOf(ranges, installed);
    if (state !== "outside") unknown ??= state;
  }
  const isOrdered = ranges.some(({ type }) => type !== "GIT");
  // Lists beside ranges are long, so only versions with the same digits are parsed.
  const likely = isOrdered ? versions.filter((version) => hasSameDigits(version, installed.text)) : versions;
  if (isListed(likely, installed)) return affectedOf(ranges, installed);
  if (!isOrdered) unknown ??= unknownOfLists(affected, installed);
  return unknown === undefined ? { status: "not-affected" } : { status: "unknown", why: unknown };
}

function stateIn(
  range: AffectedRange,
  installed: InstalledVersion,
): "affected" | "outside" | UnknownAffectedness {
  if (range.type === "GIT") return "outside";
  const read = readFor(range, installed);
  if (read.scheme === undefined) return { kind: "scheme" };
  if (read.compared === undefined) return { kind: "installed-version", version: installed.text };
  const state = rangeState(range, read.compared, read.scheme.compare);
  return typeof state === "string" ? state : { kind: "stated-version", version: state.unread };
}

/**
 * The installed version with the scheme for this range: the ecosystem's own, or SemVer for a SEMVER range if
 * the ecosystem's scheme is unknown, since SemVer's order is the same everywhere.
 */
function readFor(range: AffectedRange, installed: InstalledVersion): InstalledVersion {
  if (range.type !== "SEMVER" || installed.scheme !== undefined) return installed;
  return installedVersion(installed.text, looseSemver);
}

/**
 * Whether the version is listed, possibly in another notation: `1.0` and `1.0.0` of Python, `9.0.0-M1` and
 * `9.0.0.M1` of Maven.
 */
function isListed(versions: readonly string[], { compared }: InstalledVersion): boolean {
  return compared !== undefined && versions.some((version) => compared(version) === 0);
}

/**
 * Whether two texts have the same digits in the same order, except zeros: different notations of one version
 * never differ in these digits.
 */
function hasSameDigits(one: string, other: string): boolean {
  let [a, b] = [nextDigit(one, 0), nextDigit(other, 0)];
  while (a < one.length && b < other.length) {
    if (one.charCodeAt(a) !== other.charCodeAt(b)) return false;
    [a, b] = [nextDigit(one, a + 1), nextDigit(other, b + 1)];
  }
  return a >= one.length && b >= other.length;
}

function nextDigit(text: string, from: number): number {
  let at = from;
  while (at < text.length && !(text.charCodeAt(at) > ZERO && text.charCodeAt(at) <= NINE)) at++;
  return at;
}

const [ZERO, NINE] = [0x30, 0x39];

/** Unknown result of a statement without ranges of versions. */
function unknownOfLists(
  { versions = [], ranges = [] }: AffectedVersions,
  { text, scheme, compared }: InstalledVersion,
): UnknownAffectedness | undefined {
  if (ranges.length > 0) return { kind: "commits" };
  if (versions.length === 0) return { kind: "nothing-stated" };
  if (scheme === undefined) return { kind: "scheme" };
  return compared === undefined ? { kind: "installed-version", version: text } : undefined;
}

function affectedOf(ranges: readonly AffectedRange[], installed: InstalledVersion): Affectedness {
  const fixedIn = fixAbove(ranges, installed);
  return fixedIn === undefined ? { status: "affected" } : { status: "affected", fixedIn };
}

/** Smallest version that fixes one range and is in no other range. */
function fixAbove(ranges: readonly AffectedRange[], installed: InstalledVersion): string | undefined {
  let fix: string | undefined;
  for (const range of ranges) {
    if (range.type === "GIT") continue;
    const { scheme, compared } = readFor(range, installed);
    if (scheme === undefined || compared === undefined) continue;
    for (const { event, version } of range.events) {
      if (event !== "fixed" || !((compared(version) ?? 0) < 0)) continue;
      if (fix !== undefined && (scheme.compare(version, fix) ?? 0) >= 0) continue;
      if (!isAffectedBy(ranges, version, scheme)) fix = version;
    }
  }
  return fix;
}

function isAffectedBy(ranges: readonly AffectedRange[], version: string, scheme: VersionScheme): boolean {
  const candidate = installedVersion(version, scheme);
  return ranges.some((range) => stateIn(range, candidate) === "affected");
}
