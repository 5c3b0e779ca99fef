import type { UnreadReason } from "../../../archives/content/unreadable.ts";
import type { DatabaseFacts, InlinedFacts } from "../../../contract/image-facts.ts";
import type {
  OsFacts,
  PackageFacts,
  RepositoryFacts,
  UnownedExecutable,
  UnreadPackages,
} from "../../../contract/package-facts.ts";
import type { LayerEntries } from "../../../image/layer/entries.ts";
import type { Bundle } from "../../../sbom/bundles/bundle.ts";
import type { EmbeddedSbom } from "../../../sbom/embedded/embedded-sbom.ts";
import type { SecretHit } from "../../../secrets/scan.ts";

/**
 * Facts of one layer by analyzer: plain data, cached separately for each analyzer. The layer is read once and
 * verified. Contents are masked; secrets are recorded as places.
 */
export interface LayerFacts {
  readonly entries: EntriesFacts;
  readonly files: FilesFacts;
  readonly scripts: ScriptsFacts;
  readonly secrets: SecretsFacts;
  readonly packages: PackagesFacts;
}

export type AnalyzerName = keyof LayerFacts;

/** Facts of some analyzers. */
export type SomeFacts = { readonly [Name in AnalyzerName]?: LayerFacts[Name] };

export interface EntriesFacts extends LayerEntries {
  /** Length of the tar in bytes. */
  readonly unpackedBytes: number;
}

export interface FilesFacts {
  /** Ids of the selectors that these facts fully cover (see selectorId()), sorted. */
  readonly asked: readonly string[];
  /** Entries whose own path and header match a selector, in order; hard links are not included. */
  readonly matched: readonly number[];
  readonly contents: readonly KeptContent[];
}

export interface ScriptsFacts {
  /** Entries that may be scripts, in order: executables with `#!`, and `.sh` files in teams' folders. */
  readonly found: readonly number[];
  /** Texts of scripts that an entrypoint is likely to run. */
  readonly contents: readonly KeptContent[];
  /** Programs that are user-changing tools, by their content. */
  readonly tools: readonly (readonly [entry: number, tool: string])[];
  /**
   * Sources in languages other than shell that seem to call a tool that changes the user, with the tool's
   * name.
   */
  readonly callers: readonly (readonly [entry: number, tool: string])[];
}

export interface SecretsFacts {
  readonly found: readonly LayerSecret[];
  /** Files that were not fully searched, up to LIMITS.unsearchedPerLayer. */
  readonly unsearched: readonly LayerUnsearched[];
  /** Number of further files that were not fully searched. */
  readonly others: number;
  readonly databases: readonly LayerDatabase[];
  readonly inlined: readonly LayerInlined[];
  readonly packed: PackedFacts;
}

/** Members of archives that selectors request. */
export interface PackedFacts {
  /** Ids of the selectors that these facts fully cover (see selectorId()), sorted. */
  readonly asked: readonly string[];
  readonly members: readonly PackedMember[];
}

export interface PackedMember {
  readonly entry: number;
  /** Path inside the file. */
  readonly inside: string;
  readonly size: number;
  /** Beginning of the member with secrets masked; absent if not requested. */
  readonly text?: string;
  /** Bytes requested, if the member is longer. */
  readonly cutAt?: number;
}

export interface LayerInlined extends Pick<InlinedFacts, "kind" | "value"> {
  readonly entry: number;
  readonly inside?: string;
}

export interface LayerDatabase extends Pick<DatabaseFacts, "format" | "isRead" | "isScript"> {
  readonly entry: number;
  readonly inside?: string;
}

/** The beginning of a file as text (invalid UTF-8 replaced), with its secrets masked. */
export interface KeptContent {
  readonly entry: number;
  readonly text: string;
  /** Bytes requested, if the file is longer; a smaller request needs no further reading. */
  readonly cutAt?: number;
  /**
   * Set if LIMITS.keptBytesPerLayer was exhausted: requesting the same files again gives no more text;
   * requesting fewer files may.
   */
  readonly full?: true;
}

export interface LayerSecret extends SecretHit {
  readonly entry: number;
  /** Path inside the file, if it is an archive: `BOOT-INF/lib/a.jar!/key.pem`. */
  readonly inside?: string;
  /** Package whose own test, example or documentation contains the secret. */
  readonly testOf?: string;
}

export interface LayerUnsearched {
  readonly entry: number;
  readonly inside?: string;
  readonly why: UnreadReason;
  /** SHA-256 of the whole file, hexadecimal; for large files that were not unpacked. */
  readonly sha256?: string;
}

export interface PackagesFacts {
  readonly lists: readonly PackageList[];
  /** Lists that could not be read, up to LIMITS.unreadListsPerLayer. */
  readonly unread: readonly UnreadList[];
  /** Number of further unread lists. */
  readonly otherUnread: number;
  /** Files that a list names without identifying them, up to LIMITS.unsearchedPerLayer. */
  readonly unidentified: readonly UnidentifiedFiles[];
  /** Files that may be the target of os-release. */
  readonly systems: readonly LayerSystem[];
  /** SBOMs, up to LIMITS.sbomsPerImage. */
  readonly documents: readonly LayerSbom[];
  /** Number of further SBOMs. */
  readonly otherDocuments: number;
  /** Programs, libraries and jars, by their content, in the order of the tar. */
  readonly executables: readonly LayerExecutable[];
  /** Packages whose files are listed in this layer. */
  readonly owners: readonly LayerOwner[];
  /** Package repositories configured by files of this layer. */
  readonly repositories: readonly LayerRepository[];
  /** JavaScript outside dependency folders that a bundler wrote, in the order of the tar. */
  readonly bundles: readonly LayerBundle[];
  /** Source maps of the JavaScript files. */
  readonly sourceMaps: readonly LayerSourceMap[];
}

export interface LayerBundle extends Pick<Bundle, "bundler" | "lines"> {
  readonly entry: number;
  /** SHA-256 and SHA-512 of the file: `sha256:…`; absent if the file was not read completely. */
  readonly digests?: readonly string[];
  readonly isServer?: true;
}

export interface LayerSourceMap {
  readonly entry: number;
  /** Number of lines of the bundle that the map describes. */
  readonly lines: number;
  readonly isWhole?: true;
}

/** Document that describes the content of the image or of a part of the image. */
export interface LayerSbom extends EmbeddedSbom {
  readonly entry: number;
  /** Path inside the file, if it is an archive. */
  readonly inside?: string;
}

export interface LayerExecutable extends Pick<UnownedExecutable, "inside"> {
  readonly entry: number;
  /**
   * Kind of the file. `archive`: in a distribution's folder, where archives are not opened and must have an
   * owner.
   */
  readonly kind: UnownedExecutable["kind"] | "archive";
  /** Size of a member, in bytes; the size of other files is in their entries. */
  readonly bytes?: number;
  /** Digest of the first bytes, 12 hexadecimal digits; together with the size, it identifies a build. */
  readonly mark: string;
  /** Index of the owner whose list names the file, or a hard link to the file, in this layer. */
  readonly owner?: number;
}

/** A package with its list of files. */
interface LayerOwner {
  /** See ownerName(). */
  readonly owner: string;
  /** Sample of the package's files, spread over the list. */
  readonly samples: readonly string[];
  /**
   * Listed files that may be programs or declare packages of a language, and are not executables of this
   * layer; see unmerged().
   */
  readonly elsewhere: readonly string[];
}

export interface LayerRepository extends Pick<RepositoryFacts, "manager" | "address"> {
  readonly entry: number;
}

/** Packages declared by one file. */
export interface PackageList {
  readonly entry: number;
  /** Path inside the file, if it is an archive: `BOOT-INF/lib/a.jar`. */
  readonly inside?: string;
  readonly cataloger: string;
  readonly packages: readonly PackageFacts[];
  /** Set if name and version were derived from the file's name, since its content states neither. */
  readonly unidentified?: true;
}

export interface UnreadList extends Omit<PackageList, "packages" | "unidentified"> {
  readonly why: UnreadPackages["why"];
}

export type UnidentifiedFiles = Pick<PackageList, "entry" | "cataloger">;

export interface LayerSystem {
  readonly entry: number;
  readonly os: OsFacts;
  /** Set if a field occurs twice with different values. */
  readonly isTwice?: true;
}

/** Facts of a layer without secrets. */
export const NO_SECRETS: SecretsFacts = {
  found: [],
  unsearched: [],
  others: 0,
  databases: [],
  inlined: [],
  packed: { asked: [], members: [] },
};

/** The facts of a layer that cannot be read. */
export const UNREAD_LAYER: LayerFacts = {
  entries: { unpackedBytes: 0, paths: [], kinds: [], kindOf: [], sizes: [], links: [], capabilities: [] },
  files: { asked: [], matched: [], contents: [] },
  scripts: { found: [], contents: [], tools: [], callers: [] },
  secrets: NO_SECRETS,
  packages: {
    lists: [],
    unread: [],
    otherUnread: 0,
    unidentified: [],
    systems: [],
    documents: [],
    otherDocuments: 0,
    executables: [],
    owners: [],
    repositories: [],
    bundles: [],
    sourceMaps: [],
  },
};

/**
 * Facts of the requested analyzers, and empty facts for the others; undefined while requested facts are
 * missing.
 */
export function whole(facts: SomeFacts, wanted: readonly AnalyzerName[]): LayerFacts | undefined {
  return wanted.every((name) => facts[name] !== undefined) ? { ...UNREAD_LAYER, ...facts } : undefined;
}
