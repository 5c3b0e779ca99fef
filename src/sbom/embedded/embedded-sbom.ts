import { baseName } from "../../contract/base-name.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { writtenKey } from "../../contract/package-key.ts";
import type { FoundSbom, SbomState } from "../../contract/sbom-facts.ts";
import { readSbom } from "../documents/read/read-sbom.ts";
import type { DocumentSubject, ReadSbom, SbomDocument, SbomForm } from "../documents/read/sbom-document.ts";

/** Relevant facts of a document in or beside an image: plain data. */
export interface EmbeddedSbom extends Pick<FoundSbom, "bytes" | "format" | "problem"> {
  /** State, as far as the document alone decides. */
  readonly state: Exclude<SbomState, "hidden" | "foreign">;
  readonly subject?: SbomAbout;
  /** Keys of the document's packages, each once, sorted: see writtenKey(). */
  readonly packages: readonly string[];
  /** JavaScript files whose packages the document states; absent if there are none. */
  readonly scripts?: StatedScripts;
}

/** Subject of the document. */
export interface SbomAbout {
  /** Name, with the version if it has one. */
  readonly name: string;
  /** Digests of a manifest or config that identify the image. */
  readonly digests: readonly Digest[];
  /** Digest of the image's config, if the document says that it is one. */
  readonly config?: Digest;
  /** Layers of the subject and of its packages. */
  readonly layers: readonly Digest[];
}

/** Facts of a file that was not read. */
export function unreadSbom(state: "link" | "dependency" | "too-long", bytes: number): EmbeddedSbom {
  return { bytes, state, packages: [] };
}

/**
 * Reads an SBOM inside an image.
 *
 * @param path name of the document in messages
 */
export function embeddedSbom(content: Uint8Array, path: string): EmbeddedSbom {
  const bytes = content.length;
  const read = readSbom(content, path);
  if (read.state === "unread") {
    return {
      bytes,
      ...formatOf(read.form),
      state: stateOf(read),
      problem: read.problem.message,
      packages: [],
    };
  }
  if (read.state === "invalid") {
    const [first] = read.problems;
    return { bytes, ...formatOf(read.form), state: "invalid", problem: first.message, packages: [] };
  }
  const { document } = read;
  const packages = keysOf(document);
  const scripts = statedScripts(document);
  return {
    bytes,
    ...formatOf(document),
    ...subjectOf(document),
    state: packages.length === 0 ? "empty" : "valid",
    packages,
    ...(scripts === undefined ? {} : { scripts }),
  };
}

function stateOf({ problem }: Extract<ReadSbom, { state: "unread" }>): EmbeddedSbom["state"] {
  if (problem.code === "too-large") return "too-long";
  return problem.code === "not-an-sbom" || problem.code === "not-read" ? "unknown-format" : "unreadable";
}

function formatOf(form: SbomForm | undefined): Pick<EmbeddedSbom, "format"> {
  if (form === undefined) return {};
  const { format: name, version, encoding } = form;
  return { format: { name, version: version.slice(0, VERSION_CHARACTERS), encoding } };
}

const VERSION_CHARACTERS = 20;

/** Keys of packages; a component without a name is not a package. */
function keysOf({ components }: SbomDocument): readonly string[] {
  const keys = components.flatMap(({ facts }) =>
    facts === undefined || facts.name.trim() === "" ? [] : [writtenKey(facts)],
  );
  return [...new Set(keys)].toSorted();
}

function subjectOf({ subject, components }: SbomDocument): Pick<EmbeddedSbom, "subject"> {
  const ofPackages = components.flatMap(({ places, layer: own }) => [
    ...places.flatMap(({ layer }) => layer ?? []),
    ...(own === undefined ? [] : [own]),
  ]);
  const named = [...new Set([...(subject?.diffIds ?? []), ...ofPackages])];
  if (subject === undefined && named.length === 0) return {};
  const { digests, config } = subject !== undefined && isImage(subject) ? subject : { digests: [] };
  return {
    subject: {
      name: nameOf(subject),
      digests,
      ...(config === undefined ? {} : { config }),
      layers: named.slice(0, LIMITS.layersPerImage + 1),
    },
  };
}

function nameOf(subject: DocumentSubject | undefined): string {
  const { name = "", version } = subject ?? {};
  const whole = version === undefined || version === "" ? name : `${name} ${version}`;
  return whole.slice(0, LIMITS.packageNameCharacters);
}

/** Whether the subject is an image. A program is excluded, since its digest is that of a file. */
function isImage({ kind = "", purl = "", version = "" }: DocumentSubject): boolean {
  if (/^container$/i.test(kind) || /^pkg:(?:oci|docker)\//i.test(purl)) return true;
  return kind === "" && version.startsWith("sha256:");
}

/** Identifiers of an image. */
export interface ImageNames {
  /** Digests of manifest, index and config, none of which can be in a layer of the image. */
  readonly digests: readonly Digest[];
  /** DiffIDs of the layers, bottom first. */
  readonly layers: readonly Digest[];
}

/**
 * Whether a document is about this image. Layers are the best evidence: all layers that the document names
 * must be the image's, which is also true if the document was created before it was added as the last layer.
 * Without layers, a digest of the image suffices, since an image is in many indexes, unless the document names
 * the config of another image. Other digests mean another image; without layers and digests, the answer is
 * unknown.
 */
export function aboutImage(subject: SbomAbout | undefined, image: ImageNames): FoundSbom["about"] {
  const { digests = [], config, layers = [] } = subject ?? {};
  if (layers.length > 0) return layers.every((layer) => image.layers.includes(layer)) ? "this" : "foreign";
  if (digests.length === 0) return "unsaid";
  if (config !== undefined && !image.digests.includes(config)) return "foreign";
  return digests.some((digest) => image.digests.includes(digest)) ? "this" : "foreign";
}

/** Reported facts of a document in or beside an image. */
export function foundSbom(
  { bytes, format, problem, subject, packages }: Omit<EmbeddedSbom, "state">,
  { at, state, about }: Pick<FoundSbom, "at" | "state" | "about">,
): FoundSbom {
  return {
    at,
    bytes,
    ...(format === undefined ? {} : { format }),
    state,
    ...(problem === undefined ? {} : { problem }),
    components: packages.length,
    about,
    ...(subject === undefined || subject.name === "" ? {} : { subject: subject.name }),
  };
}

/**
 * Kind of a file by its path: an SBOM of the image, an SBOM of a dependency, or a file that may be an SBOM.
 */
export type SbomKind = "document" | "dependency" | "perhaps";

/**
 * Extensions registered by the formats, which tools look for: SPDX annex on file names, CycloneDX's
 * "recognized file patterns".
 */
const ENDING = /\.(?:spdx|spdx\.json|cdx\.json|cdx\.xml|bom\.json|bom\.xml)$/;

/** Ambiguous file names: the content decides. */
const PERHAPS = new Set(["sbom.json", "bom.json", "sbom.xml", "bom.xml", "sbom"]);

/** Folders in which builders put SBOMs: buildpacks' lifecycle, Docker's images and ours. */
const DIRECTORIES = [
  "/usr/share/sbom/",
  "/usr/local/share/sbom/",
  "/opt/docker/sbom",
  "/layers/sbom/launch/",
];

/** Dependency folders. An SBOM inside such a folder describes the dependency, not the image. */
const DEPENDENCIES =
  /\/(?:node_modules|site-packages|dist-packages|gems|vendor|pkg\/mod|\.m2|\.cargo|_cacache|bower_components|jspm_packages)\/|\.(?:dist-info|egg-info)\//;

/** @param path path of the file in its layer */
export function sbomKind(path: string): SbomKind | undefined {
  const name = baseName(path);
  const isNamed = ENDING.test(name);
  if (!isNamed && !PERHAPS.has(name) && !isLaidOut(path, name)) return undefined;
  if (DEPENDENCIES.test(path) || isOfLibrary(path)) return isNamed ? "dependency" : undefined;
  return isNamed ? "document" : "perhaps";
}

/** Path of an application's own SBOM in its jar (Spring Boot's `org.springframework.boot` plugin). */
export const JAR_SBOM = "META-INF/sbom/application.cdx.json";

function isLaidOut(path: string, name: string): boolean {
  return DIRECTORIES.some((directory) => path.startsWith(directory)) && /\.(?:json|xml|spdx)$/.test(name);
}

/** Whether an SBOM of an unpacked jar is a library's: the application's has a fixed name. */
function isOfLibrary(path: string): boolean {
  return path.includes("/META-INF/sbom/") && !path.endsWith(`/${JAR_SBOM}`);
}

/** A JavaScript file that a document names as the place of packages. */
interface ScriptPlace {
  readonly path: string;
  /**
   * SHA-256 and SHA-512 that the document states for the path: `sha256:…`; empty if the document states no
   * digest.
   */
  readonly digests: readonly string[];
}

/** JavaScript files whose packages a document states. */
export interface StatedScripts {
  readonly places: readonly ScriptPlace[];
  /** Digests of JavaScript files, wherever they are; empty if the document names none. */
  readonly digests: readonly string[];
}

/** A JavaScript file of an image. */
export interface ImageScript {
  readonly path: string;
  /** SHA-256 and SHA-512; absent for a file too long to be read whole. */
  readonly digests?: readonly string[];
}

/** Maximum number of scripts and digests recorded per document. */
const MOST = 1_000;

/** Scripts that a document names; undefined if there are none, or if the document declares itself incomplete. */
function statedScripts({ components, files, incomplete }: SbomDocument): StatedScripts | undefined {
  if (incomplete.length > 0) return undefined;
  const paths = components.flatMap(({ places }) =>
    places.flatMap(({ path, inside }) => (inside === undefined && /\.[cm]?js$/.test(path) ? [path] : [])),
  );
  const known = Map.groupBy(files, ({ path = "" }) => path);
  const places = sorted(paths).map((path) => ({
    path,
    digests: sorted((known.get(path) ?? []).flatMap(({ digests }) => digests)),
  }));
  const described = files.flatMap(({ digests, isDescribed }) => (isDescribed === true ? digests : []));
  const digests = sorted(described);
  return places.length === 0 && digests.length === 0 ? undefined : { places, digests };
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted().slice(0, MOST);
}

/** Scripts whose packages any of an image's documents states. */
export class DescribedScripts {
  readonly #digests = new Set<string>();
  /** Digests that documents state for a path, one list per document. */
  readonly #places = new Map<string, (readonly string[])[]>();

  add({ places, digests }: StatedScripts): void {
    for (const digest of digests) this.#digests.add(digest);
    for (const { path, digests: stated } of places) {
      const known = this.#places.get(path);
      if (known === undefined) this.#places.set(path, [stated]);
      else known.push(stated);
    }
  }

  /**
   * Whether a document names the file: by its digest, or by its path if the document lists no digest for this
   * path. Another digest would mean another build.
   */
  has({ path, digests = [] }: ImageScript): boolean {
    if (digests.some((digest) => this.#digests.has(digest))) return true;
    const places = this.#places.get(path) ?? [];
    return places.some(
      (stated) => stated.length === 0 || digests.length === 0 || digests.some((one) => stated.includes(one)),
    );
  }
}
