import type { OsFacts } from "../../../contract/package-facts.ts";
import type { Text } from "../../../contract/text.ts";
import { type PackageDifference, packageDifference } from "../../../sbom/difference/difference.ts";
import type { ListedPackage } from "../../../sbom/difference/listed-packages.ts";

/** One of two lists that are compared. */
export interface DiffSide {
  /** As it was given. */
  readonly given: string;
  /** The image's, or what the document says that it describes. */
  readonly name?: string;
  /** Digest of an image; the version of what a document describes. */
  readonly version?: string;
  readonly os?: OsFacts;
  readonly packages: readonly ListedPackage[];
  /** What could not be read. */
  readonly gaps: readonly Text[];
}

/** What tells two images or documents apart. */
export interface SbomDiff {
  readonly from: DiffSide;
  readonly to: DiffSide;
  readonly difference: PackageDifference;
}

export function sbomDiff(from: DiffSide, to: DiffSide): SbomDiff {
  return { from, to, difference: packageDifference(from.packages, to.packages) };
}

/** How many packages a side lists, each name and version once, wherever it lies. */
export function countOf({ packages }: DiffSide): number {
  return new Set(packages.map(({ type, name, version }) => `${type}\0${name}\0${version}`)).size;
}
