import type { Digest } from "./image-facts.ts";
import type { Masked } from "./masked.ts";
import type { ImagePackages, PACKAGE_TYPES } from "./package-facts.ts";
import type { Text } from "./text.ts";

/** Packages stated by an image's files, its SBOMs, and the share of packages that these name. */
export interface RawSbom {
  readonly packages: ImagePackages;
  /** Documents in the order of layers and entries, attestations last; up to LIMITS.sbomsPerImage. */
  readonly documents: readonly FoundSbom[];
  /** Number of further documents, which were not read. */
  readonly otherDocuments: number;
  /** Absent while no document counts: none is valid and of this image. */
  readonly coverage?: SbomCoverage;
}

/** The same with every secret in it masked. */
export type SbomFacts = Masked<RawSbom>;

export const SBOM_FORMATS = ["CycloneDX", "SPDX"] as const;

export const SBOM_ENCODINGS = ["json", "xml", "tag-value"] as const;

export const SBOM_STATES = [
  /** The document counts. */
  "valid",
  /** A later layer deleted or replaced it: the container does not have it. */
  "hidden",
  /** A link; its target is judged at its own place. */
  "link",
  /** Inside a dependency (node_modules, site-packages, a library's jar), which it describes. */
  "dependency",
  /** Not read: beyond a bound, or beside the image and missing in the source; see `problem`. */
  "too-long",
  /** Unparsable: neither JSON nor XML, or truncated. */
  "unreadable",
  /** Readable, and not of a format or version that is read. */
  "unknown-format",
  /** The document violates its format's schema. */
  "invalid",
  /** The document names no package. */
  "empty",
  /** The document states another image as its subject. */
  "foreign",
] as const;

export type SbomState = (typeof SBOM_STATES)[number];

/** An SBOM that comes with an image. */
export interface FoundSbom {
  readonly at: SbomPlace;
  readonly bytes: number;
  readonly format?: {
    readonly name: (typeof SBOM_FORMATS)[number];
    /** Version as stated: `1.6`, `2.3`; "" if absent. */
    readonly version: string;
    readonly encoding: (typeof SBOM_ENCODINGS)[number];
  };
  readonly state: SbomState;
  /** Reason why it was not read, or is invalid. */
  readonly problem?: Text;
  /** Packages that it names, each once. */
  readonly components: number;
  /** Whether its subject is this image, by name, digest or layers; `unsaid`: not stated. */
  readonly about: "this" | "foreign" | "unsaid";
  /** Stated subject. */
  readonly subject?: string;
  /**
   * For an attestation beside the image: whether a signature was verified. An unsigned one is only its
   * builder's statement.
   */
  readonly signed?: boolean;
}

type SbomPlace =
  | {
      readonly in: "file";
      readonly path: string;
      /** Index into the image's layers. */
      readonly layer: number;
      /** Path inside the file, if it is an archive: `META-INF/sbom/application.cdx.json`. */
      readonly inside?: string;
    }
  /** A manifest of the image's index that is about this image. */
  | { readonly in: "attestation"; readonly manifest: Digest };

/** Packages seen that valid documents name, each once. */
export interface SbomCoverage {
  /** Ecosystems with packages, in the order of PACKAGE_TYPES. */
  readonly ecosystems: readonly EcosystemCoverage[];
  /** Packages that only the documents know. */
  readonly unseen: NamedPackages;
  /**
   * The first ones as written, up to LIMITS.unseenPackages: `npm/lodash@4.17.15`; absent in older evidence.
   */
  readonly unseenPackages?: readonly string[];
}

export interface EcosystemCoverage {
  readonly type: (typeof PACKAGE_TYPES)[number];
  /** Part of the operating system, or of the application. */
  readonly source: "system" | "application";
  /** Seen in the image. */
  readonly packages: number;
  /** Number of packages that a document names with this version. */
  readonly named: number;
  readonly missing: NamedPackages;
  /** Number of missing packages that a document names with another version. */
  readonly otherVersion: number;
}

/** A number of packages, of which the first are named, up to LIMITS.missingNamed. */
export interface NamedPackages {
  readonly count: number;
  /** `name version`, sorted. */
  readonly names: readonly string[];
}
