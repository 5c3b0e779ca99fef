import fc from "fast-check";
import { expect, test } from "vitest";
import { madePairs } from "../../../test/truth/versions/made-pairs.ts";
import { REAL_VERSIONS } from "../../../test/truth/versions/real-versions.ts";
import { LIMITS } from "../../contract/limits.ts";
import { apk } from "./apk.ts";
import { dpkg } from "./dpkg.ts";
import { gem } from "./gem.ts";
import { generic } from "./generic.ts";
import { go } from "./go.ts";
import { looseSemver } from "./loose-semver.ts";
import { maven } from "./maven.ts";
import { nuget } from "./nuget.ts";
import { numberList } from "./number-list.ts";
import { packagist } from "./packagist.ts";
import { pep440 } from "./pep440.ts";
import { rpm } from "./rpm.ts";
import { semver } from "./semver.ts";
import type { VersionScheme } from "./version-scheme.ts";

const SCHEMES: readonly (readonly [string, VersionScheme, readonly string[], readonly string[]])[] = [
  ["apk", apk, REAL_VERSIONS.apk, ["_alpha", "_p", "_git1", "~a1", "-r2", ".", "a", "_rc"]],
  ["dpkg", dpkg, REAL_VERSIONS.dpkg, ["~", "+", "-", ".", "a", "Z", "~~"]],
  ["gem", gem, REAL_VERSIONS.gem, [".", "a", "-", ".0", ".b"]],
  ["generic", generic, REAL_VERSIONS.numbers, [".", ".0"]],
  ["go", go, REAL_VERSIONS.go, [".", "-", "a", "-0"]],
  ["loose semver", looseSemver, REAL_VERSIONS.loose, [".", "-", "a", "+b", "rc"]],
  ["maven", maven, REAL_VERSIONS.maven, [".", "-", "a", "alpha", "sp", "final", "x"]],
  ["nuget", nuget, REAL_VERSIONS.nuget, [".", "-", "a", "B", "+x"]],
  ["number list", numberList, REAL_VERSIONS.numbers, [".", "-", ".0"]],
  ["packagist", packagist, REAL_VERSIONS.packagist, [".", "-", "RC", "p", "-dev", "beta"]],
  ["pep440", pep440, REAL_VERSIONS.pep440, [".", "a", "rc1", ".dev", ".post", "+x", "!"]],
  ["rpm", rpm, REAL_VERSIONS.rpm, ["~", "^", ".", "a", "_", "-1"]],
  ["semver", semver, REAL_VERSIONS.semver, [".", "-", "a", "+b", "-0"]],
];

/** Versions of the scheme, near each other. */
function versionsOf(scheme: VersionScheme, versions: readonly string[], words: readonly string[]): string[] {
  const made = madePairs({ versions, words }, 120, 7).flat();
  return [...new Set(made)].filter((version) => scheme.isVersion(version));
}

function signed(scheme: VersionScheme, a: string, b: string): number {
  return Math.sign(scheme.compare(a, b) ?? Number.NaN);
}

test.each(SCHEMES)(
  "%s: a version equals itself, and two stand to each other as turned around",
  (_, scheme, ...made) => {
    const versions = versionsOf(scheme, ...made);
    const wrong = versions.flatMap((a) =>
      versions
        .filter(
          (b) => signed(scheme, a, b) + signed(scheme, b, a) !== 0 || (a === b && signed(scheme, a, b) !== 0),
        )
        .map((b) => `${a} ${b}`),
    );
    expect(versions.length).toBeGreaterThan(50);
    expect(wrong).toEqual([]);
  },
);

/** Maven's own order is no order of such words as `1-ga-1`, and ours is Maven's. */
test.each(SCHEMES.filter(([name]) => name !== "maven"))(
  "%s: sorted, every pair stands in its order, and equal ones are equal to all",
  (_, scheme, ...made) => {
    const versions = versionsOf(scheme, ...made).toSorted((a, b) => signed(scheme, a, b));
    const wrong = versions.flatMap((a, index) =>
      versions.slice(index + 1).filter((b) => signed(scheme, a, b) > 0),
    );
    expect(wrong).toEqual([]);
    const unequal = versions.flatMap((a, index) => {
      const next = versions[index + 1];
      if (next === undefined || signed(scheme, a, next) !== 0) return [];
      return versions.filter((other) => signed(scheme, a, other) !== signed(scheme, next, other));
    });
    expect(unequal).toEqual([]);
  },
);

test.each(SCHEMES)(
  "%s: whatever the text, it is a version or undefined, never an error",
  (_, scheme, versions) => {
    const real = versions[0] ?? "";
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom(..."0123456789.-_~^+:!ar v") }),
      fc.string().map((other) => real + other),
    );
    fc.assert(
      fc.property(text, text, (a, b) => {
        const found = scheme.compare(a, b);
        expect(found === undefined).toBe(!(scheme.isVersion(a) && scheme.isVersion(b)));
        expect(found).not.toBeNaN();
      }),
      { seed: 11, numRuns: 500 },
    );
  },
);

test.each(SCHEMES)(
  "%s: words, signs and what is longer than LIMITS.packageNameCharacters are no versions",
  (_, scheme, versions) => {
    const real = versions[0] ?? "";
    const garbage = [
      "",
      " ",
      "unspecified",
      "${project.version}",
      "(devel)",
      "*",
      "latest",
      "1.0\0",
      "１.0",
      `${real}\n${real}`,
    ];
    for (const text of [...garbage, "1".repeat(LIMITS.packageNameCharacters + 1)]) {
      expect(scheme.isVersion(text), `of ${text}`).toBe(false);
      expect(scheme.compare(text, real)).toBeUndefined();
      expect(scheme.compare(real, text)).toBeUndefined();
    }
  },
);
