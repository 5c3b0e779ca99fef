/**
 * Versions of a package that an advisory affects (https://ossf.github.io/osv-schema/#affected-fields): plain
 * data.
 */
export interface AffectedVersions {
  /** Affected versions listed individually. */
  readonly versions?: readonly string[];
  readonly ranges?: readonly AffectedRange[];
}

export interface AffectedRange {
  /** Kind of versions: semantic versions, the ecosystem's own, or commits. */
  readonly type: "SEMVER" | "ECOSYSTEM" | "GIT";
  /** Events in any order. */
  readonly events: readonly RangeEvent[];
}

export interface RangeEvent {
  /**
   * `introduced`: affected from this version on; `fixed`: no longer affected; `last_affected`: not affected
   * after this version; `limit`: no statement from this version on.
   */
  readonly event: "introduced" | "fixed" | "last_affected" | "limit";
  /** Version as written; `0` with `introduced` is before all versions, `*` with `limit` after all. */
  readonly version: string;
}

/** Result of an advisory for one version. */
export type Affectedness =
  | {
      readonly status: "affected";
      /** Smallest fixed version above the installed version; absent if the advisory states none. */
      readonly fixedIn?: string;
    }
  | { readonly status: "not-affected" }
  | { readonly status: "unknown"; readonly why: UnknownAffectedness };

/** Reason why it is unknown whether a version is affected. */
export type UnknownAffectedness =
  /** The ecosystem's order of versions is unknown. */
  | { readonly kind: "scheme" }
  /** The installed version is invalid in the ecosystem. */
  | { readonly kind: "installed-version"; readonly version: string }
  /** A version in the advisory is invalid in the ecosystem. */
  | { readonly kind: "stated-version"; readonly version: string }
  /** Only commits are listed. */
  | { readonly kind: "commits" }
  /** Neither versions nor ranges are given. */
  | { readonly kind: "nothing-stated" };
