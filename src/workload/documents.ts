import type { Event } from "js-yaml";
import { DouaneError } from "../contract/error.ts";
import { formatPath } from "../contract/field-path.ts";
import type { Text } from "../contract/text.ts";
import type { RawWorkload } from "../contract/workload-facts.ts";
import { RENDER_TEMPLATE } from "./build/commands.ts";
import { isUnrendered, standsAtPlaceholder } from "./build/placeholders.ts";
import { type ConfigObjectOf, configObjectOf, publishingObject } from "./config-facts.ts";
import { embeddedObjects } from "./custom/embedded-objects.ts";
import { inObject } from "./in-object.ts";
import { type DocumentText, type LocateInSection, openSection } from "./locate.ts";
import { type NodeVolume, nodeVolumeOf } from "./node-volumes.ts";
import { type KubernetesObject, typeOf } from "./objects/kind.ts";
import { objectsOf } from "./objects/objects.ts";
import { problemAt, type ReadProblem, type Skipped } from "./objects/problem.ts";
import { claimOf, type PersistentClaim } from "./persistent-volume-claims.ts";
import { type ReadOnlyStorage, readOnlyStorageOf } from "./read-only-storage.ts";
import { relatedObjects } from "./related/bearing.ts";
import type { RelatedObject } from "./related/related-object.ts";
import { isUnjudged } from "./related/unjudged-kinds.ts";
import { isUntyped, mayBeUntyped, UNTYPED } from "./untyped.ts";
import { workloadFacts } from "./workload.ts";
import { type ComposedDocument, compose } from "./yaml/compose.ts";
import { parse } from "./yaml/parse.ts";
import { countLines, type Section, splitDocuments } from "./yaml/split.ts";
import { YamlError } from "./yaml/yaml-error.ts";

/** Result for one document, or for one object of it. */
export type Found =
  | { readonly kind: "workload"; readonly facts: RawWorkload; readonly document: DocumentText }
  | { readonly kind: "claim"; readonly claim: PersistentClaim }
  | { readonly kind: "node-volume"; readonly volume: NodeVolume }
  | { readonly kind: "read-only-storage"; readonly storage: ReadOnlyStorage }
  | { readonly kind: "object"; readonly object: ConfigObjectOf }
  | { readonly kind: "related"; readonly object: RelatedObject; readonly environment?: string }
  | { readonly kind: "unjudged-object"; readonly objectKind: string }
  | { readonly kind: "unknown-kind"; readonly objectKind: string }
  | { readonly kind: "template"; readonly skipped: Skipped }
  | { readonly kind: "skipped"; readonly skipped: Skipped }
  | { readonly kind: "problem"; readonly problem: ReadProblem; readonly mentionsKubernetes: boolean };

/** A stream of manifests as decoded text. */
export interface Stream {
  /** File name as the user typed it. */
  readonly file: string;
  readonly text: string;
  readonly environment?: string;
}

/** Reads a stream document by document; the values of at most one section are in memory. */
export function* readStream(stream: Stream): Generator<Found> {
  if (stream.text.startsWith(LFS_POINTER)) {
    yield { kind: "problem", problem: problemAt(stream.file, 1, NOT_FETCHED), mentionsKubernetes: true };
    return;
  }
  if (YTT.test(stream.text)) yield { kind: "template", skipped: unrendered(stream.file, 1) };
  let index = 0;
  for (const section of splitDocuments(stream.text)) index += yield* readSection(stream, section, index);
}

/** Code of ytt, which YAML takes for comments (https://carvel.dev/ytt/docs/latest/yaml-primer/). */
const YTT = /(?:^|[ \t])#@(?:[ /]|(?:data|library|overlay|schema|yaml)\/)/m;

/** First line of a Git LFS pointer (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md). */
const LFS_POINTER = "version https://git-lfs.github.com/spec/";
const NOT_FETCHED: Text = {
  fr: "ce fichier n'est qu'un pointeur de Git LFS : son contenu n'est pas là, et n'est pas jugé. Le chercher (git lfs pull), puis relancer le contrôle.",
  en: "this file is only a pointer of Git LFS: its content is not here, and is not judged. Fetch it (git lfs pull), then check again.",
};

/**
 * Reads a section and returns its number of documents.
 *
 * @param first index of its first document
 */
function* readSection(stream: Stream, section: Section, first: number): Generator<Found, number> {
  if (!mayBeKubernetes(section.text)) return 1;
  const composed = composeSection(section, stream.file);
  if ("kind" in composed) {
    yield composed;
    return 1;
  }
  const locate = openLater(section, composed.events);
  let { line } = section;
  let counted = 0;
  for (const [ordinal, { value, offset }] of composed.documents.entries()) {
    line += countLines(section.text, counted, offset);
    counted = offset;
    const document = { section, ordinal };
    yield* readDocument(stream, { document, value, line, index: first + ordinal, locate });
  }
  return composed.documents.length;
}

/** Locator opened on demand, since only Lists need it, for the lines of their items. */
function openLater(section: Section, events: readonly Event[]): LocateInSection {
  let opened: LocateInSection | undefined;
  return (ordinal, path) => {
    opened ??= openSection(section, events);
    return opened(ordinal, path);
  };
}

/**
 * Whether a text may contain a Kubernetes object, which spells `apiVersion` and `kind` unless by escapes or a
 * binary tag.
 */
function mayBeKubernetes(text: string): boolean {
  return /apiVersion|[\\!]/.test(text) || mayBeUntyped(text);
}

function composeSection(
  { text, line }: Section,
  file: string,
): Found | { readonly documents: readonly ComposedDocument[]; readonly events: readonly Event[] } {
  try {
    const events = parse(text);
    return { documents: compose(text, events), events };
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const at = line + countLines(text, 0, error.offset);
    if (error.maybeTemplate && standsAtPlaceholder(text, error.offset)) {
      return { kind: "template", skipped: unrendered(file, at) };
    }
    const mentionsKubernetes = text.includes("apiVersion");
    return { kind: "problem", problem: problemAt(file, at, error.text), mentionsKubernetes };
  }
}

function unrendered(file: string, line: number): Skipped {
  return { reason: "template", file, line, message: RENDER_TEMPLATE };
}

interface OneDocument {
  readonly document: DocumentText;
  readonly value: unknown;
  /** Line on which the document begins. */
  readonly line: number;
  /** Index of the document in the file. */
  readonly index: number;
  readonly locate: LocateInSection;
}

function* readDocument(stream: Stream, one: OneDocument): Generator<Found> {
  try {
    for (const object of objectsOf(one.value)) yield* readObject(stream, object, one);
    if (isUntyped(one.value)) {
      yield {
        kind: "skipped",
        skipped: { reason: "untyped", file: stream.file, line: one.line, message: UNTYPED },
      };
    }
  } catch (error) {
    if (!(error instanceof DouaneError)) throw error;
    yield {
      kind: "problem",
      problem: problemAt(stream.file, one.line, error.text),
      mentionsKubernetes: true,
    };
  }
}

function* readObject(
  { file, environment }: Stream,
  object: KubernetesObject,
  { document, index, locate, line: start }: OneDocument,
): Generator<Found> {
  const claim = claimOf(object);
  if (claim !== undefined) yield { kind: "claim", claim };
  const volume = nodeVolumeOf(object);
  if (volume !== undefined) yield { kind: "node-volume", volume };
  const storage = readOnlyStorageOf(object);
  if (storage !== undefined) yield { kind: "read-only-storage", storage };
  const lineOf = () =>
    object.path.length === 0 ? start : locate(document.ordinal, formatPath(object.path)).line;
  const locationOf = () => ({ in: "file", file, document: index, line: lineOf() }) as const;
  for (const one of [object, ...embeddedObjects(object)]) {
    for (const related of relatedObjects(one, locationOf))
      yield { kind: "related", object: related, ...(environment === undefined ? {} : { environment }) };
    if (isUnjudged(one)) yield { kind: "unjudged-object", objectKind: typeOf(one) };
  }
  const { workloads, leftOut, unknown } = inObject(object);
  const config =
    configObjectOf(object, locationOf) ??
    // The fields of a workload are searched together with its facts.
    (workloads.length === 0 ? publishingObject(object, locationOf) : undefined);
  if (config !== undefined) yield { kind: "object", object: config };
  if (unknown !== undefined) yield { kind: "unknown-kind", objectKind: unknown };
  if (workloads.length === 0 && leftOut === undefined) return;
  const at = locationOf();
  const { line } = at;
  const origin = { at, ...(environment === undefined ? {} : { environment }) };
  for (const within of workloads) {
    const facts = workloadFacts(within, origin);
    if (isUnrendered(facts)) yield { kind: "template", skipped: unrendered(file, line) };
    else yield { kind: "workload", facts, document };
  }
  if (leftOut !== undefined) yield { kind: "skipped", skipped: { ...leftOut, file, line } };
}
