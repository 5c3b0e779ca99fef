import type { Digest } from "./image-facts.ts";
import type { Masked } from "./masked.ts";
import type { ImagePackages, PACKAGE_TYPES } from "./package-facts.ts";
import type { Text } from "./text.ts";

/** Packages declared by an image's files, its SBOMs, and the share of the packages that the SBOMs name. */
export interface RawSbom {
  readonly packages: ImagePackages;
  /** Documents in the order of layers and entries, attestations last; up to LIMITS.sbomsPerImage. */
  readonly documents: readonly FoundSbom[];
  /** Number of further documents, which were not read. */
  readonly otherDocuments: number;
  /** Coverage; absent if no document counts, since none is valid and about this image. */
  readonly coverage?: SbomCoverage;
}

/** Facts with every secret masked. */
export type SbomFacts = Masked<RawSbom>;

export const SBOM_FORMATS = ["CycloneDX", "SPDX"] as const;

export const SBOM_ENCODINGS = ["json", "xml", "tag-value"] as const;

export const SBOM_STATES = [
  /** The document counts. */
  "valid",
  /** A later layer deleted or replaced the document, so the container does not have it. */
  "hidden",
  /** The file is a link; its target is judged at the target's path. */
  "link",
  /**
   * The document is inside a dependency (node_modules, site-packages, a library's jar), and describes this
   * dependency.
   */
  "dependency",
  /** Not read: beyond a bound, or beside the image and missing in the source; see `problem`. */
  "too-long",
  /** Unparsable: neither JSON nor XML, or truncated. */
  "unreadable",
  /** Readable, but not in a supported format or version. */
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
  /** Reason why the document was not read, or is invalid. */
  readonly problem?: Text;
  /** Number of packages that the document names, each once. */
  readonly components: number;
  /** Whether the document's subject is this image, by name, digest or layers; `unsaid`: not stated. */
  readonly about: "this" | "foreign" | "unsaid";
  /** Subject as written in the document. */
  readonly subject?: string;
  /**
   * For an attestation beside the image: whether its signature was verified. An unsigned attestation is only
   * a claim of its builder.
   */
  readonly signed?: boolean;
  /** Signer of the attestation, by its name in the policy. */
  readonly signer?: string;
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

/** Found packages that valid documents name, each once. */
export interface SbomCoverage {
  /** Ecosystems with packages, in the order of PACKAGE_TYPES. */
  readonly ecosystems: readonly EcosystemCoverage[];
  /** Packages that are only in documents. */
  readonly unseen: NamedPackages;
  /**
   * The first of these packages as written, up to LIMITS.unseenPackages: `npm/lodash@4.17.15`; absent in
   * older evidence.
   */
  readonly unseenPackages?: readonly string[];
}

export interface EcosystemCoverage {
  readonly type: (typeof PACKAGE_TYPES)[number];
  /** Whether the packages belong to the operating system or the application. */
  readonly source: "system" | "application";
  /** Number of packages in the image. */
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
  /** Names as `name version`, sorted. */
  readonly names: readonly string[];
}
