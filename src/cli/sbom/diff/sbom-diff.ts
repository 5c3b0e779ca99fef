import type { OsFacts } from "../../../contract/package-facts.ts";
import type { Text } from "../../../contract/text.ts";
import type { VersionDirection } from "../../../contract/version-direction.ts";
import type { VulnerabilityFacts } from "../../../contract/vulnerability-facts.ts";
import type { PackageDifference } from "../../../sbom/difference/difference.ts";
import type { ListedPackage } from "../../../sbom/difference/listed-packages.ts";
import type { VulnerabilityDifference } from "../../../vulnerabilities/difference/vulnerability-difference.ts";

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
  /** Absent: there are no data on this machine. */
  readonly vulnerabilities?: SideVulnerabilities;
}

interface SideVulnerabilities extends Pick<VulnerabilityFacts, "matched" | "sources" | "findings"> {
  /** What was not compared, and why there may be more. */
  readonly doubts: readonly Text[];
}

/** What tells two images or documents apart. */
export interface SbomDiff {
  readonly from: DiffSide;
  readonly to: DiffSide;
  readonly difference: Omit<PackageDifference, "changed"> & { readonly changed: readonly ChangedPackage[] };
  /** Absent: there are no data on this machine. */
  readonly vulnerabilities?: DiffVulnerabilities;
}

type ChangedPackage = PackageDifference["changed"][number] & { readonly direction: VersionDirection };

export interface DiffVulnerabilities extends VulnerabilityDifference {
  readonly from: SideVulnerabilities;
  readonly to: SideVulnerabilities;
}

/** How many packages a side lists, each name and version once, wherever it lies. */
export function countOf({ packages }: DiffSide): number {
  return new Set(packages.map(({ type, name, version }) => `${type}\0${name}\0${version}`)).size;
}
