import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { FoundSbom, SbomState } from "../../contract/sbom-facts.ts";
import { writtenKey } from "../coverage/package-key.ts";
import { readSbom } from "../documents/read/read-sbom.ts";
import type { DocumentSubject, ReadSbom, SbomDocument, SbomForm } from "../documents/read/sbom-document.ts";

/** What a document that comes with an image says, as far as it matters: plain data. */
export interface EmbeddedSbom extends Pick<FoundSbom, "bytes" | "format" | "problem"> {
  /** As far as the document alone tells. */
  readonly state: Exclude<SbomState, "hidden" | "foreign">;
  readonly subject?: SbomAbout;
  /** Keys of the packages that it names, each once, sorted: see writtenKey(). */
  readonly packages: readonly string[];
  /** Files of JavaScript that it says packages lie in; absent for none, and where it says that it is incomplete. */
  readonly scripts?: readonly string[];
}

/** What it says that it is about. */
export interface SbomAbout {
  /** With its version, where it has one. */
  readonly name: string;
  /** Digests by which it names an image: of a manifest or a config. */
  readonly digests: readonly Digest[];
  /** Layers that it names, as those of its subject or as those that its packages lie in. */
  readonly layers: readonly Digest[];
}

/** Of a file that is not read. */
export function unreadSbom(state: "link" | "dependency" | "too-long", bytes: number): EmbeddedSbom {
  return { bytes, state, packages: [] };
}

/**
 * Reads a document that an image brings.
 *
 * @param path as messages name it
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

/** Bundles that one document describes. */
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

/** What has no name is no package, whatever its purl. */
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

/** A program's digest is its file's, and says nothing of an image. */
function isImage({ kind = "", purl = "", version = "" }: DocumentSubject): boolean {
  if (/^container$/i.test(kind) || /^pkg:(?:oci|docker)\//i.test(purl)) return true;
  return kind === "" && version.startsWith("sha256:");
}
