import type { Digest } from "../../../contract/image-facts.ts";
import type { OsFacts, PackageFacts } from "../../../contract/package-facts.ts";
import type { Text } from "../../../contract/text.ts";

/** A form in which an SBOM is written. */
export interface SbomForm {
  readonly format: "CycloneDX" | "SPDX";
  readonly encoding: "json" | "xml" | "tag-value";
  /** As the document says it: `1.6`, `2.3`, `3.0.1`; "" where it says none. */
  readonly version: string;
}

/** What a document says that it describes: an image, a program, a folder. */
export interface DocumentSubject {
  readonly name: string;
  readonly version?: string;
  /** As the document calls its kind: `container`, `application`, `CONTAINER`. */
  readonly kind?: string;
  readonly purl?: string;
  /** Digests of manifests and configs that it names, wherever it names them: version, hashes, purl, properties. */
  readonly digests: readonly Digest[];
  /** Of the image's layers, bottom first; empty where the document names none. */
  readonly diffIds: readonly Digest[];
}

/** Where a package is stated. */
export interface DocumentPlace {
  /** Of the file, from the image's root: `/app/a.jar`. */
  readonly path: string;
  /** Where in the file, when that is an archive: `BOOT-INF/lib/a.jar`. */
  readonly inside?: string;
  /** diffID of the layer whose file it is. */
  readonly layer?: Digest;
}

/**
 * A field that matching vulnerabilities needs and that the document does not give:
 * - `purl`: nothing tells which ecosystem's package it is;
 * - `agreement`: its name or version and its purl contradict each other;
 * - `type`: of an ecosystem that is not known;
 * - `version`;
 * - `distro`: the release of the distribution whose package it is;
 * - `upstream`: what the distribution built it from. Many packages have their source's name, and need
 *   none; a document in which no package of a distribution states one has lost them.
 */
export type MissingField = "purl" | "agreement" | "type" | "version" | "distro" | "upstream";

/** What else a document may state of a component, that lists of minimum elements ask for: BSI's names, and hashes. */
export type FurtherElement = "hash" | "sha-512" | "filename" | "executable" | "archive" | "structured";

/** A component as a document states it. */
export interface DocumentComponent {
  /** How the document refers to it: bom-ref, SPDXID, spdxId; "" without one. */
  readonly ref: string;
  /** Its name as shown: `@scope/name`, `group:artifact`. */
  readonly name: string;
  /** "" where none is stated. */
  readonly version: string;
  /** As the document has it. */
  readonly purl?: string;
  /** What the purl and the fields beside it tell; absent where they do not tell which package it is: `missing` says so. */
  readonly facts?: PackageFacts;
  /** The release of the distribution whose package it is, by the purl's own `distro`, or the document's. */
  readonly os?: OsFacts;
  /** What stated it: `dpkg`, `node-modules`, where the document says so as ours do. */
  readonly catalogers: readonly string[];
  readonly places: readonly DocumentPlace[];
  /** A later layer deleted what states it, as our own documents say. */
  readonly hidden?: true;
  /** The layer that it came with is one of a verified base image, as our own documents say. */
  readonly ofBase?: true;
  /** A package of the distribution lists what states it, as our own documents say. */
  readonly ofDistribution?: true;
  readonly missing: readonly MissingField[];
  /** Absent: none of them. */
  readonly further?: readonly FurtherElement[];
}

/** What an SBOM says, whatever wrote it. */
export interface SbomDocument extends SbomForm {
  readonly subject?: DocumentSubject;
  /** Serial number, or namespace: what names this document. */
  readonly id?: string;
  /** As it stands there: an ISO date mostly. */
  readonly created?: string;
  /** `douane 0.1.0`. */
  readonly tools: readonly string[];
  /** Who answers for it: people and organizations, tools left out; absent: nobody is named. */
  readonly authors?: readonly string[];
  /** When in the software's life it was made: `post-build`, `analyzed`. */
  readonly phase?: string;
  /** It says what depends on what, or holds what. */
  readonly isRelated?: true;
  readonly os?: OsFacts;
  /** In the document's order: packages alone, neither files nor the operating system. */
  readonly components: readonly DocumentComponent[];
  /** Vulnerabilities and VEX statements that it holds: counted, not believed. */
  readonly vulnerabilities: number;
  /** Why it says itself that it may not name everything. */
  readonly incomplete: readonly string[];
  /** What of it is not as its format's rules have it: repeated references, dangling ones. It was read all the same. */
  readonly remarks: readonly Text[];
}

/** Why a document could not be read. */
export interface SbomProblem {
  readonly code: "not-an-sbom" | "too-large" | "encoding" | "does-not-parse" | "not-read" | "invalid";
  readonly message: Text;
}

/**
 * What reading a document gave. `unread`: not an SBOM, does not parse, or a bound was hit; `invalid`: an
 * SBOM that its own format's rules refuse; `empty`: valid, and it names no package.
 */
export type ReadSbom =
  | { readonly state: "unread"; readonly form?: SbomForm; readonly problem: SbomProblem }
  | {
      readonly state: "invalid";
      readonly form: SbomForm;
      readonly problems: readonly [SbomProblem, ...SbomProblem[]];
    }
  | { readonly state: "empty" | "read"; readonly document: SbomDocument };
