import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { FoundSbom, SbomState } from "../../contract/sbom-facts.ts";
import { writtenKey } from "../coverage/package-key.ts";
import { readSbom } from "../documents/read/read-sbom.ts";
import type { DocumentSubject, ReadSbom, SbomDocument, SbomForm } from "../documents/read/sbom-document.ts";
import { type StatedScripts, statedScripts } from "./stated-scripts.ts";

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
  /** Layers of the subject or of its packages. */
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

/** Keys of packages; a component without a name is not one. */
function keysOf({ components }: SbomDocument): readonly string[] {
  const keys = components.flatMap(({ facts }) =>
    facts === undefined || facts.name.trim() === "" ? [] : [writtenKey(facts)],
  );
  return [...new Set(keys)].toSorted();
}

function subjectOf({ subject, components }: SbomDocument): Pick<EmbeddedSbom, "subject"> {
  const layers = subject === undefined || subject.diffIds.length === 0 ? [] : subject.diffIds;
  const lain = components.flatMap(({ places }) => places.flatMap(({ layer }) => layer ?? []));
  const named = layers.length > 0 ? layers : [...new Set(lain)];
  if (subject === undefined && named.length === 0) return {};
  return {
    subject: {
      name: nameOf(subject),
      digests: subject !== undefined && isImage(subject) ? subject.digests : [],
      layers: named.slice(0, LIMITS.layersPerImage + 1),
    },
  };
}

function nameOf(subject: DocumentSubject | undefined): string {
  const { name = "", version } = subject ?? {};
  const whole = version === undefined || version === "" ? name : `${name} ${version}`;
  return whole.slice(0, LIMITS.packageNameCharacters);
}

/** Whether the subject is an image: a program's digest is its file's and does not identify an image. */
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
 * must be the image's, which also holds if the document was created before it was added as the last layer. A
 * digest that is not the image's means another image; without layers and digests, unknown.
 */
export function aboutImage(subject: SbomAbout | undefined, image: ImageNames): FoundSbom["about"] {
  const { digests = [], layers = [] } = subject ?? {};
  if (digests.some((digest) => image.digests.includes(digest))) return "this";
  if (layers.length > 0) return layers.every((layer) => image.layers.includes(layer)) ? "this" : "foreign";
  return digests.length > 0 ? "foreign" : "unsaid";
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
