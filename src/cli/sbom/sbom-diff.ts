import type { ListedPackage, PackageDifference } from "../../assess/package-difference.ts";
import type { OsFacts } from "../../contract/package-facts.ts";
import type { Text } from "../../contract/text.ts";
import type { VersionDirection } from "../../contract/version-direction.ts";
import type { VulnerabilityFacts } from "../../contract/vulnerability-facts.ts";
import type { VulnerabilityDifference } from "../../vulnerabilities/difference/vulnerability-difference.ts";

/** One side of a comparison: a list of packages. */
export interface DiffSide {
  /** Operand as given. */
  readonly given: string;
  /** Name of the image, or of the document's subject. */
  readonly name?: string;
  /** Digest of an image, or version of a document's subject. */
  readonly version?: string;
  readonly os?: OsFacts;
  readonly packages: readonly ListedPackage[];
  /** Parts that could not be read. */
  readonly gaps: readonly Text[];
  /** Vulnerabilities; absent if there are no data on this machine. */
  readonly vulnerabilities?: SideVulnerabilities;
}

interface SideVulnerabilities extends Pick<VulnerabilityFacts, "matched" | "sources" | "findings"> {
  /** Packages that were not compared, and other reasons why there may be more vulnerabilities. */
  readonly doubts: readonly Text[];
}

/** Differences of two images or documents. */
export interface SbomDiff {
  readonly from: DiffSide;
  readonly to: DiffSide;
  readonly difference: Omit<PackageDifference, "changed"> & { readonly changed: readonly ChangedPackage[] };
  /** Differences in vulnerabilities; absent if there are no data on this machine. */
  readonly vulnerabilities?: DiffVulnerabilities;
}

type ChangedPackage = PackageDifference["changed"][number] & { readonly direction: VersionDirection };

export interface DiffVulnerabilities extends VulnerabilityDifference {
  readonly from: SideVulnerabilities;
  readonly to: SideVulnerabilities;
}

/** Number of packages of a side: each name and version once, at any number of places. */
export function countOf({ packages }: DiffSide): number {
  return new Set(packages.map(({ type, name, version }) => `${type}\0${name}\0${version}`)).size;
}
