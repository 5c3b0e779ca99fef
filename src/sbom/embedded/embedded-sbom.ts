import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { FoundSbom, SbomState } from "../../contract/sbom-facts.ts";
import { writtenKey } from "../coverage/package-key.ts";
import { readSbom } from "../documents/read/read-sbom.ts";
import type { DocumentSubject, ReadSbom, SbomDocument, SbomForm } from "../documents/read/sbom-document.ts";

/** Relevant facts of a document in or beside an image: plain data. */
export interface EmbeddedSbom extends Pick<FoundSbom, "bytes" | "format" | "problem"> {
  /** State, as far as the document alone decides. */
  readonly state: Exclude<SbomState, "hidden" | "foreign">;
  readonly subject?: SbomAbout;
  /** Keys of the document's packages, each once, sorted: see writtenKey(). */
  readonly packages: readonly string[];
  /**
   * JavaScript files that the document names as places of packages; absent if there are none, or if it
   * declares itself incomplete.
   */
  readonly scripts?: readonly string[];
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
  return {
    bytes,
    ...formatOf(document),
    ...subjectOf(document),
    state: packages.length === 0 ? "empty" : "valid",
    packages,
    ...scriptsOf(document),
  };
}

/** Most bundles recorded per document. */
const SCRIPTS = 1_000;

function scriptsOf({ components, incomplete }: SbomDocument): Pick<EmbeddedSbom, "scripts"> {
  if (incomplete.length > 0) return {};
  const paths = components.flatMap(({ places }) =>
    places.flatMap(({ path, inside }) => (inside === undefined && /\.[cm]?js$/.test(path) ? [path] : [])),
  );
  const scripts = [...new Set(paths)].toSorted().slice(0, SCRIPTS);
  return scripts.length === 0 ? {} : { scripts };
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
