import type { VersionScheme } from "../versions/version-scheme.ts";

/** A version of a package, parsed once for all advisories about the package. */
export interface InstalledVersion {
  readonly text: string;
  /** Scheme of the package's ecosystem; undefined if its order of versions is unknown. */
  readonly scheme: VersionScheme | undefined;
  /**
   * Compares the installed version with another; undefined if the scheme is unknown or the installed version
   * is invalid.
   */
  readonly compared: ((other: string) => number | undefined) | undefined;
}

export function installedVersion(text: string, scheme: VersionScheme | undefined): InstalledVersion {
  return { text, scheme, compared: scheme?.comparedWith(text) };
}
