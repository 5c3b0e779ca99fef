/** Which versions of one package a record is about, in the terms of OSV (https://ossf.github.io/osv-schema/#affected-fields). */
export interface AffectedVersions {
  /** Each by itself: what one of them says is affected is affected. */
  readonly ranges: readonly AffectedRange[];
  /** Versions that are listed one by one, as they are written there. */
  readonly versions: readonly string[];
}

export interface AffectedRange {
  /** `SEMVER` and `ECOSYSTEM` compare versions; what a `GIT` range says of a version is not known. */
  readonly type: "SEMVER" | "ECOSYSTEM" | "GIT";
  /** In the order of the record, which need not be that of versions. */
  readonly events: readonly AffectedEvent[];
}

/** One of them each; `introduced: "0"` is before all versions. */
export interface AffectedEvent {
  readonly introduced?: string;
  readonly fixed?: string;
  readonly lastAffected?: string;
  readonly limit?: string;
}
