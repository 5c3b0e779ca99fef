import type { Digest } from "./image-facts.ts";
import type { Masked } from "./masked.ts";
import type { ImagePackages, PACKAGE_TYPES } from "./package-facts.ts";
import type { Text } from "./text.ts";

/** What the files of an image state of packages, the SBOMs that come with it, and how far these name those. */
export interface RawSbom {
  readonly packages: ImagePackages;
  /** In the order of layers and of their entries; attestations last. As many as LIMITS.sbomsPerImage. */
  readonly documents: readonly FoundSbom[];
  /** How many more there are, of which nothing is known. */
  readonly otherDocuments: number;
  /** Absent while no document counts: none is valid and of this image. */
  readonly coverage?: SbomCoverage;
}

/** The same with every secret in it masked. */
export type SbomFacts = Masked<RawSbom>;

export const SBOM_FORMATS = ["CycloneDX", "SPDX"] as const;

export const SBOM_ENCODINGS = ["json", "xml", "tag-value"] as const;

export const SBOM_STATES = [
  /** It counts. */
  "valid",
  /** A later layer deleted or replaced it: the container does not have it. */
  "hidden",
  /** A link: what it leads to counts where it lies, if at all. */
  "link",
  /** It lies within a dependency (node_modules, site-packages, a library's jar), and is about that. */
  "dependency",
  /** Not read: longer than a bound; beside the image, and not in the source; `problem` says which. */
  "too-long",
  /** Not readable as what its name says: no JSON, no XML, cut off. */
  "unreadable",
  /** Readable, and not of a format or version that is read. */
  "unknown-format",
  /** It does not keep to its format's schema. */
  "invalid",
  /** It names no package. */
  "empty",
  /** It says that it is about another image. */
  "foreign",
] as const;

export type SbomState = (typeof SBOM_STATES)[number];

/** An SBOM that comes with an image. */
export interface FoundSbom {
  readonly at: SbomPlace;
  readonly bytes: number;
  readonly format?: {
    readonly name: (typeof SBOM_FORMATS)[number];
    /** `1.6`, `2.3`; "" where it says none. */
    readonly version: string;
    readonly encoding: (typeof SBOM_ENCODINGS)[number];
  };
  readonly state: SbomState;
  /** Why it is not read, or not valid, as its reader says it. */
  readonly problem?: Text;
  /** Packages that it names, each once. */
  readonly components: number;
  /** Whether it says that it is about this image, by name, digest or layers; `unsaid`: it does not say. */
  readonly about: "this" | "foreign" | "unsaid";
  /** What it says that it is about. */
  readonly subject?: string;
  /** In an attestation beside the image: whether a signature was verified. An unsigned one is its builder's word. */
  readonly signed?: boolean;
}

type SbomPlace =
  | {
      readonly in: "file";
      readonly path: string;
      /** Index into the image's layers. */
      readonly layer: number;
      /** Where in the file, when that is an archive: `META-INF/sbom/application.cdx.json`. */
      readonly inside?: string;
    }
  /** A manifest of the image's index that is about this image. */
  | { readonly in: "attestation"; readonly manifest: Digest };

/** What the documents that count name of the packages seen, each package once. */
export interface SbomCoverage {
  /** Those that have packages, in the order of PACKAGE_TYPES. */
  readonly ecosystems: readonly EcosystemCoverage[];
  /** Packages that only the documents know. */
  readonly unseen: NamedPackages;
  /** The first of them as the documents write them, as many as LIMITS.unseenPackages: `npm/lodash@4.17.15`; absent in older evidence. */
  readonly unseenPackages?: readonly string[];
}

export interface EcosystemCoverage {
  readonly type: (typeof PACKAGE_TYPES)[number];
  /** Of the operating system, or of the application. */
  readonly source: "system" | "application";
  /** Seen in the image. */
  readonly packages: number;
  /** Of these: those that a document names, with this version. */
  readonly named: number;
  readonly missing: NamedPackages;
  /** Of those missing: how many a document names with another version. */
  readonly otherVersion: number;
}

/** So many packages, of which the first are named, as many as LIMITS.missingNamed. */
export interface NamedPackages {
  readonly count: number;
  /** `name version`, sorted. */
  readonly names: readonly string[];
}
