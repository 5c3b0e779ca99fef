import { apk } from "../versions/apk.ts";
import { dpkg } from "../versions/dpkg.ts";
import { gem } from "../versions/gem.ts";
import { go } from "../versions/go.ts";
import { looseSemver } from "../versions/loose-semver.ts";
import { maven } from "../versions/maven.ts";
import { nuget } from "../versions/nuget.ts";
import { numberList } from "../versions/number-list.ts";
import { packagist } from "../versions/packagist.ts";
import { pep440 } from "../versions/pep440.ts";
import { rpm } from "../versions/rpm.ts";
import { semver } from "../versions/semver.ts";
import type { VersionScheme } from "../versions/version-scheme.ts";
import { asWritten, caseless, pythonName } from "./package-names.ts";

/** An ecosystem of packages as OSV names it (https://ossf.github.io/osv-schema/#defined-ecosystems). */
export interface Ecosystem {
  /** Name without a release. */
  readonly name: string;
  /** Order of versions; absent if unknown. Results that depend on an unknown order are not reported. */
  readonly scheme?: VersionScheme;
  /** Normal form of a package's name, by which advisories and packages are compared. */
  readonly nameOf: (name: string) => string;
  /**
   * Meaning of names that differ only in case: two packages of npm (before 2015), or spellings of one Go
   * module, for which records of the requested spelling take precedence.
   */
  readonly letterCase?: "packages" | "spellings";
}

type Stated = Omit<Ecosystem, "nameOf"> & Partial<Ecosystem>;

/**
 * Ecosystems and their properties. Names that purls write in lower case (golang, npm, apk, bitnami, composer,
 * hex…) are compared case-insensitively, since documents of other tools convert them to lower case, and
 * publishers' records do not.
 */
const STATED: readonly Stated[] = [
  { name: "AlmaLinux", scheme: rpm },
  { name: "Alpaquita", scheme: apk, nameOf: caseless },
  { name: "Alpine", scheme: apk, nameOf: caseless },
  { name: "Android" },
  { name: "Azure Linux", scheme: rpm },
  { name: "BellSoft Hardened Containers", scheme: apk, nameOf: caseless },
  { name: "Bioconductor", scheme: numberList },
  { name: "Bitnami", scheme: looseSemver, nameOf: caseless },
  { name: "Chainguard", scheme: apk, nameOf: caseless },
  { name: "CleanStart" },
  { name: "ConanCenter", scheme: looseSemver },
  { name: "CRAN", scheme: numberList },
  { name: "crates.io", scheme: looseSemver },
  { name: "Debian", scheme: dpkg },
  { name: "Echo", scheme: dpkg },
  { name: "FreeBSD" },
  { name: "GHC", scheme: numberList },
  { name: "GitHub Actions", scheme: looseSemver, nameOf: caseless },
  { name: "Go", scheme: go, nameOf: caseless, letterCase: "spellings" },
  { name: "Hackage", scheme: numberList },
  { name: "Hex", scheme: semver, nameOf: caseless },
  { name: "Julia", scheme: semver },
  { name: "Kubernetes", scheme: looseSemver },
  { name: "Linux" },
  { name: "Mageia", scheme: rpm },
  { name: "Maven", scheme: maven },
  { name: "MinimOS", scheme: apk, nameOf: caseless },
  { name: "npm", scheme: looseSemver, nameOf: caseless, letterCase: "packages" },
  { name: "NuGet", scheme: nuget, nameOf: caseless },
  { name: "opam" },
  { name: "openEuler", scheme: rpm },
  { name: "openSUSE", scheme: rpm },
  { name: "OSS-Fuzz" },
  { name: "Packagist", scheme: packagist, nameOf: caseless },
  { name: "Photon OS", scheme: rpm },
  { name: "Pub" },
  { name: "PyPI", scheme: pep440, nameOf: pythonName },
  { name: "Red Hat", scheme: rpm },
  { name: "Rocky Linux", scheme: rpm },
  { name: "RubyGems", scheme: gem },
  { name: "SUSE", scheme: rpm },
  { name: "SwiftURL", scheme: semver, nameOf: caseless },
  { name: "Ubuntu", scheme: dpkg },
  { name: "VSCode", scheme: looseSemver, nameOf: caseless },
  { name: "Wolfi", scheme: apk, nameOf: caseless },
];

const ECOSYSTEMS = STATED.map((stated): Ecosystem => ({ nameOf: asWritten, ...stated }));
const BY_NAME: ReadonlyMap<string, Ecosystem> = new Map(ECOSYSTEMS.map((one) => [one.name, one]));

/**
 * Ecosystem of an advisory.
 *
 * @param stated ecosystem with or without its release: `Debian:13`, `Red Hat:rhel_eus:9.2::appstream`
 */
export function ecosystemOf(stated: string): Ecosystem | undefined {
  const colon = stated.indexOf(":");
  return BY_NAME.get(colon === -1 ? stated : stated.slice(0, colon));
}
