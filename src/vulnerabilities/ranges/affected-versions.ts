/** Which versions of a package an advisory concerns (https://ossf.github.io/osv-schema/#affected-fields): plain data. */
export interface AffectedVersions {
  /** Listed one by one. */
  readonly versions?: readonly string[];
  readonly ranges?: readonly AffectedRange[];
}

export interface AffectedRange {
  /** What its versions are: semantic versions, the ecosystem's own, or commits. */
  readonly type: "SEMVER" | "ECOSYSTEM" | "GIT";
  /** In any order. */
  readonly events: readonly RangeEvent[];
}

export interface RangeEvent {
  /**
   * `introduced`: affected from here on; `fixed`: no longer; `last_affected`: no longer after this one;
   * `limit`: nothing from here on is told of.
   */
  readonly event: "introduced" | "fixed" | "last_affected" | "limit";
  /** As stated; `0` of `introduced` is before every version, `*` of `limit` after every one. */
  readonly version: string;
}

/** What an advisory says of one version. */
export type Affectedness =
  | {
      readonly status: "affected";
      /** The smallest stated version above the installed one that is repaired; absent where none is stated. */
      readonly fixedIn?: string;
    }
  | { readonly status: "not-affected" }
  | { readonly status: "unknown"; readonly why: UnknownAffectedness };

/** Why it cannot be told whether a version is affected. */
export type UnknownAffectedness =
  /** The ecosystem's order of versions is not known. */
  | { readonly cause: "scheme" }
  /** The installed version is none of the ecosystem's. */
  | { readonly cause: "installed-version"; readonly version: string }
  /** A version of the advisory is none of the ecosystem's. */
  | { readonly cause: "stated-version"; readonly version: string }
  /** Only commits are stated. */
  | { readonly cause: "commits" }
  /** Neither versions nor ranges are stated. */
  | { readonly cause: "nothing-stated" };
