import { dpkg } from "../versions/dpkg.ts";
import { generic } from "../versions/generic.ts";
import { looseSemver } from "../versions/loose-semver.ts";
import { semver } from "../versions/semver.ts";
import type { VersionScheme } from "../versions/version-scheme.ts";
import { asWritten, caseless, pythonName } from "./package-names.ts";

/** An ecosystem of packages as OSV names it (https://ossf.github.io/osv-schema/#defined-ecosystems). */
export interface Ecosystem {
  /** Absent: its order of versions is not known here, and nothing that needs it is told. */
  readonly scheme?: VersionScheme;
  /** The one form of a package's name by which advisories and packages meet. */
  readonly nameOf: (name: string) => string;
  /** The purl type of its packages, where the type alone tells the ecosystem. */
  readonly purlType?: string;
}

const deb: Ecosystem = { scheme: dpkg, nameOf: asWritten };

/** By the name before the `:` of a release. */
const ECOSYSTEMS: ReadonlyMap<string, Ecosystem> = new Map(
  Object.entries({
    Bitnami: { scheme: looseSemver, nameOf: caseless, purlType: "bitnami" },
    "crates.io": { scheme: looseSemver, nameOf: asWritten, purlType: "cargo" },
    Debian: deb,
    Echo: deb,
    GHC: { scheme: generic, nameOf: asWritten },
    "GitHub Actions": { scheme: looseSemver, nameOf: caseless, purlType: "githubactions" },
    Hackage: { scheme: generic, nameOf: asWritten, purlType: "hackage" },
    npm: { scheme: looseSemver, nameOf: asWritten, purlType: "npm" },
    Pub: { scheme: semver, nameOf: asWritten, purlType: "pub" },
    PyPI: { nameOf: pythonName, purlType: "pypi" },
    SwiftURL: { scheme: semver, nameOf: caseless, purlType: "swift" },
    Ubuntu: deb,
    VSCode: { scheme: looseSemver, nameOf: caseless },
  } satisfies Record<string, Ecosystem>),
);

/** @param stated with or without its release: `Debian:13` */
export function ecosystemOf(stated: string): Ecosystem | undefined {
  return ECOSYSTEMS.get(ecosystemName(stated));
}

/** Without the release: `Debian` of `Debian:13`. */
function ecosystemName(stated: string): string {
  const colon = stated.indexOf(":");
  return colon === -1 ? stated : stated.slice(0, colon);
}
