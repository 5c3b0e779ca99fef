import type { Digest } from "../../../contract/image-facts.ts";
import type { OsFacts, PackageFacts } from "../../../contract/package-facts.ts";
import { quoted } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";

/** Format of an SBOM. */
export interface SbomForm {
  readonly format: "CycloneDX" | "SPDX";
  readonly encoding: "json" | "xml" | "tag-value";
  /** Version as written: `1.6`, `2.3`, `3.0.1`; "" if absent. */
  readonly version: string;
}

/** Subject of a document: an image, a program, a folder. */
export interface DocumentSubject {
  readonly name: string;
  readonly version?: string;
  /** Kind as written: `container`, `application`, `CONTAINER`. */
  readonly kind?: string;
  readonly purl?: string;
  /** Digests of manifests and configs in the subject's version, hashes, purl or properties. */
  readonly digests: readonly Digest[];
  /** Digest of the image's config, where a property says that it is one; also among `digests`. */
  readonly config?: Digest;
  /** diffIDs of the image's layers, lowest first; empty if the document names none. */
  readonly diffIds: readonly Digest[];
}

/** Place of a package. */
export interface DocumentPlace {
  /** Path of the file from the image's root: `/app/a.jar`. */
  readonly path: string;
  /** Path inside the file, if it is an archive: `BOOT-INF/lib/a.jar`. */
  readonly inside?: string;
  /** diffID of the layer that contains the file. */
  readonly layer?: Digest;
}

/**
 * Fields that are needed for matching vulnerabilities and that the document lacks. `purl`: the ecosystem is
 * unknown; `agreement`: name or version contradict the purl; `type`: the ecosystem is unsupported; `version`;
 * `distro`: the release of the package's distribution; `upstream`: the source package. A package with its
 * source's name needs no `upstream`, unless no distribution package of the document has one: the document has
 * then dropped them.
 */
export type MissingField = "purl" | "agreement" | "type" | "version" | "distro" | "upstream";

/** Further elements that lists of minimum elements require: hashes, and elements named by BSI. */
export type FurtherElement = "hash" | "sha-512" | "filename" | "executable" | "archive" | "structured";

/** A component of a document. */
export interface DocumentComponent {
  /** Reference in the document: bom-ref, SPDXID, spdxId; "" without one. */
  readonly ref: string;
  /** Display name: `@scope/name`, `group:artifact`. */
  readonly name: string;
  /** Version; "" if there is none. */
  readonly version: string;
  /** Package URL as written. */
  readonly purl?: string;
  /**
   * Facts from the purl and its neighbouring fields; absent if they do not identify a package, for the
   * reasons in `missing`.
   */
  readonly facts?: PackageFacts;
  /** Release of the package's distribution, from the purl's `distro` or the document. */
  readonly os?: OsFacts;
  /** Catalogers (`dpkg`, `node-modules`); only in our own documents. */
  readonly catalogers: readonly string[];
  readonly places: readonly DocumentPlace[];
  /** diffID of the package's layer, if the document names one without a place in it. */
  readonly layer?: Digest;
  /** Set if a later layer deleted the file that declares the package; only in douane's own documents. */
  readonly hidden?: true;
  /** Set if the layer belongs to a verified base image; only in douane's own documents. */
  readonly ofBase?: true;
  /** Set if a distribution package lists the file; only in douane's own documents. */
  readonly ofDistribution?: true;
  readonly missing: readonly MissingField[];
  /** Further elements present; absent if there are none. */
  readonly further?: readonly FurtherElement[];
}

/** File, or element delivered as a file, that a document identifies by its hash. */
export interface DocumentFile {
  /** Path from the image's root; absent if the document only has a name. */
  readonly path?: string;
  /** SHA-256 and SHA-512: `sha256:…`. */
  readonly digests: readonly string[];
  /** Set if the document states which packages the file contains. */
  readonly isDescribed?: true;
}

/** Content of an SBOM from any tool. */
export interface SbomDocument extends SbomForm {
  readonly subject?: DocumentSubject;
  /** Serial number or namespace, which identifies the document. */
  readonly id?: string;
  /** Time of creation as written, mostly an ISO date. */
  readonly created?: string;
  /** Tools with versions: `douane 0.1.0`. */
  readonly tools: readonly string[];
  /** Authors: people and organisations, without tools; absent if none is named. */
  readonly authors?: readonly string[];
  /** Lifecycle phase in which the document was made: `post-build`, `analyzed`. */
  readonly phase?: string;
  /** Set if the document states dependencies or containment. */
  readonly isRelated?: true;
  readonly os?: OsFacts;
  /** Packages in the document's order, without files and the operating system. */
  readonly components: readonly DocumentComponent[];
  /** Elements with a SHA-256 or SHA-512. */
  readonly files: readonly DocumentFile[];
  /** Number of vulnerabilities and VEX statements in the document, which are not used. */
  readonly vulnerabilities: number;
  /** Reasons that the document itself gives for being incomplete. */
  readonly incomplete: readonly string[];
  /** Violations of the format's rules that did not prevent reading: repeated or dangling references. */
  readonly remarks: readonly Text[];
}

/** Reason why a document could not be read. */
export interface SbomProblem {
  readonly code: "not-an-sbom" | "too-large" | "encoding" | "does-not-parse" | "not-read" | "invalid";
  readonly message: Text;
}

/**
 * Result of reading a document. `unread`: not an SBOM, unparsable, or beyond a bound; `invalid`: an SBOM that
 * violates its format's rules; `empty`: valid without packages.
 */
export type ReadSbom =
  | { readonly state: "unread"; readonly form?: SbomForm; readonly problem: SbomProblem }
  | {
      readonly state: "invalid";
      readonly form: SbomForm;
      readonly problems: readonly [SbomProblem, ...SbomProblem[]];
    }
  | { readonly state: "empty" | "read"; readonly document: SbomDocument };

/** Reasons that a document itself gives for being incomplete. */
export function incompleteTexts({ incomplete }: Pick<SbomDocument, "incomplete">): readonly Text[] {
  return incomplete.map((reason) => ({
    fr: `le document se dit incomplet (${quoted(reason)}).`,
    en: `the document says that it is incomplete (${quoted(reason)}).`,
  }));
}

/** Whether a document was written by douane, by its tools. */
export function isByDouane(tools: readonly string[]): boolean {
  return tools.some((tool) => /^douane[ -]/.test(tool));
}
