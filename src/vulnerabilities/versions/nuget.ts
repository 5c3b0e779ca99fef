import { compareDigits } from "./digits.ts";
import { orderPrereleases } from "./semver.ts";
import { versionScheme } from "./version-scheme.ts";

interface NuGetVersion {
  readonly numbers: readonly string[];
  /** Pre-release identifiers in lower case; empty for a release. */
  readonly prerelease: readonly string[];
}

const VERSION =
  /^(\d+(?:\.\d+){0,3})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/**
 * Version by https://learn.microsoft.com/en-us/nuget/concepts/package-versioning: one to four numbers, then
 * as in semantic versions.
 */
function parse(text: string): NuGetVersion | undefined {
  const [, numbers, prerelease] = VERSION.exec(text.trim()) ?? [];
  if (numbers === undefined) return undefined;
  return { numbers: numbers.split("."), prerelease: prerelease?.toLowerCase().split(".") ?? [] };
}

function order(a: NuGetVersion, b: NuGetVersion): number {
  for (let index = 0; index < 4; index += 1) {
    const found = compareDigits(a.numbers[index] ?? "", b.numbers[index] ?? "");
    if (found !== 0) return found;
  }
  return orderPrereleases(a.prerelease, b.prerelease);
}

export const nuget = versionScheme("NuGet", parse, order);
