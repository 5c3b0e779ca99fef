import type { VersionScheme } from "../versions/version-scheme.ts";

/** A version of a package, read once for all advisories of the package. */
export interface InstalledVersion {
  readonly text: string;
  /** Scheme of the package's ecosystem; undefined if its order of versions is unknown. */
  readonly scheme: VersionScheme | undefined;
  /** Orders the installed version against another; `undefined` where the scheme is not known, or the text none of its versions. */
  readonly compared: ((other: string) => number | undefined) | undefined;
}

export function installedVersion(text: string, scheme: VersionScheme | undefined): InstalledVersion {
  return { text, scheme, compared: scheme?.comparedWith(text) };
}
