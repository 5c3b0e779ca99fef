// SLSA provenance: https://slsa.dev/spec/v1.2/build-provenance, and https://slsa.dev/spec/v0.2/provenance, which
// Tekton Chains and BuildKit still write.

import { quoted } from "../../contract/shown.ts";
import { type Fields, objectAt, objectsAt, textAt } from "../../json/fields.ts";
import type { Statement } from "../in-toto/signed-statement.ts";
import { PROVENANCE_TYPE } from "../in-toto/statement.ts";
import { type Ignored, ignored } from "./ignored.ts";

const V02 = "https://slsa.dev/provenance/v0.2";

/** Build stated by a provenance that names its pipeline. */
export interface StatedProvenance {
  readonly builder: string;
  readonly buildType: string;
  /** Run of the pipeline. */
  readonly invocation: string;
  /** URI of the project, without `git+` and reference. */
  readonly source: string;
  readonly commit: string;
  readonly ref?: string;
  readonly startedOn?: string;
  readonly finishedOn?: string;
  /** Set if only the job states the build (`douane_asserted`): no build platform confirms it. */
  readonly isAsserted: boolean;
}

/** Whether a statement is a provenance of SLSA, in one of the two versions that statedProvenance() reads. */
export function isProvenance({ predicateType }: Statement): boolean {
  return predicateType === PROVENANCE_TYPE || predicateType === V02;
}

/** Build of a provenance, or the reason why it proves nothing. */
export function statedProvenance({ predicateType, predicate }: Statement): StatedProvenance | Ignored {
  return predicateType === PROVENANCE_TYPE ? ofVersion1(predicate) : ofVersion02(predicate);
}

function ofVersion1(predicate: Fields): StatedProvenance | Ignored {
  const definition = objectAt(predicate, "buildDefinition");
  const parameters = objectAt(definition, "externalParameters");
  const details = objectAt(predicate, "runDetails");
  const metadata = objectAt(details, "metadata");
  const workflow = objectAt(parameters, "workflow");
  const stated = textAt(parameters, "source") ?? textAt(workflow, "repository");
  const ref = textAt(parameters, "ref") ?? textAt(workflow, "ref");
  const source = sourceIn(objectsAt(definition, "resolvedDependencies"), stated, ref);
  if (source !== undefined && "code" in source) return source;
  return whole({
    builder: textAt(objectAt(details, "builder"), "id"),
    buildType: textAt(definition, "buildType"),
    invocation: oneOf(textAt(metadata, "invocationId"), textAt(metadata, "invocationID")),
    source,
    ref,
    startedOn: textAt(metadata, "startedOn"),
    finishedOn: textAt(metadata, "finishedOn"),
    isAsserted: predicate["douane_asserted"] !== undefined,
  });
}

function ofVersion02(predicate: Fields): StatedProvenance | Ignored {
  const invocation = objectAt(predicate, "invocation");
  const metadata = objectAt(predicate, "metadata");
  const configuration = textAt(objectAt(invocation, "configSource"), "uri");
  const stated = configuration?.startsWith("git+") === true ? configuration : undefined;
  const source = sourceIn(objectsAt(predicate, "materials"), stated, undefined);
  if (source !== undefined && "code" in source) return source;
  return whole({
    builder: textAt(objectAt(predicate, "builder"), "id"),
    buildType: textAt(predicate, "buildType"),
    invocation: oneOf(textAt(metadata, "buildInvocationID"), textAt(metadata, "buildInvocationId")),
    source,
    ref: undefined,
    startedOn: textAt(metadata, "buildStartedOn"),
    finishedOn: textAt(metadata, "buildFinishedOn"),
    isAsserted: false,
  });
}

/**
 * Value under one of two spellings, or under both if they are equal: Tekton Chains and cosign 2 write
 * `invocationID` instead of the specification's `invocationId`.
 */
function oneOf(first: string | undefined, second: string | undefined): string | undefined {
  return first === undefined || second === undefined || first === second ? (first ?? second) : undefined;
}

interface Source {
  readonly uri: string;
  readonly commit: string;
  readonly ref?: string;
}

interface Found {
  readonly builder: string | undefined;
  readonly buildType: string | undefined;
  readonly invocation: string | undefined;
  readonly source: Source | undefined;
  readonly ref: string | undefined;
  readonly startedOn: string | undefined;
  readonly finishedOn: string | undefined;
  readonly isAsserted: boolean;
}

/** The build if it names the pipeline; otherwise the first missing field. */
function whole(found: Found): StatedProvenance | Ignored {
  const { builder, buildType, invocation, source, startedOn, finishedOn, isAsserted } = found;
  if (builder === undefined) return incomplete("builder.id");
  if (buildType === undefined) return incomplete("buildType");
  if (invocation === undefined) return incomplete("invocationId");
  if (source === undefined) return incomplete("resolvedDependencies[].digest.gitCommit");
  const ref = found.ref ?? source.ref;
  return {
    builder,
    buildType,
    invocation,
    source: source.uri,
    commit: source.commit,
    ...(ref === undefined ? {} : { ref }),
    ...(startedOn === undefined ? {} : { startedOn }),
    ...(finishedOn === undefined ? {} : { finishedOn }),
    isAsserted,
  };
}

/**
 * Source among the dependencies: the dependency at the stated URI, otherwise the only dependency with a
 * commit. Two commits or two references of one source are refused, since it is unknown which of them was
 * built.
 *
 * @param stated URI of the source in the parameters
 * @param ref Git reference in the parameters
 */
function sourceIn(
  dependencies: readonly Fields[],
  stated: string | undefined,
  ref: string | undefined,
): Source | Ignored | undefined {
  const all = dependencies.flatMap(sourcesOf);
  const named = stated === undefined ? all : all.filter(({ uri }) => uri === gitUri(stated).uri);
  const [first, ...others] = named;
  if (first === undefined) return undefined;
  if (others.some(({ uri, commit }) => uri !== first.uri || commit !== first.commit)) return AMBIGUOUS;
  const refs = [ref, stated === undefined ? undefined : gitUri(stated).ref, ...named.map((one) => one.ref)];
  return areOneRef(refs.filter((one) => one !== undefined)) ? first : AMBIGUOUS;
}

/** Whether two references are equal; a short name (`main`) may be a branch or a tag. */
function areOneRef(refs: readonly string[]): boolean {
  const full = new Set(refs.filter((one) => one.startsWith("refs/")));
  const short = new Set(refs.map((one) => one.replace(/^refs\/(?:heads|tags)\//, "")));
  return full.size <= 1 && short.size <= 1;
}

/**
 * Commits that a dependency names: a single commit, unless the dependency's digests contradict each other.
 */
function sourcesOf(dependency: Fields): readonly Source[] {
  const digest = objectAt(dependency, "digest");
  const uri = textAt(dependency, "uri");
  if (uri === undefined) return [];
  const commits = new Set([textAt(digest, "gitCommit"), textAt(digest, "sha1")]);
  return [...commits].flatMap((commit) =>
    commit !== undefined && COMMIT.test(commit) ? [{ ...gitUri(uri), commit }] : [],
  );
}

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** `git+https://host/team/portal.git@refs/heads/main` as URI and reference. */
export function gitUri(text: string): { readonly uri: string; readonly ref?: string } {
  const plain = text.startsWith("git+") ? text.slice("git+".length) : text;
  // A full reference may hold an "@" itself: `refs/heads/renovate/@types/node`.
  const full = plain.indexOf("@refs/");
  const at = full > 0 ? full : plain.lastIndexOf("@");
  // An "@" before the path belongs to user and host.
  const isRef = at > plain.indexOf("/", plain.indexOf("://") + 3);
  const [uri, ref] = at > 0 && isRef ? [plain.slice(0, at), plain.slice(at + 1)] : [plain, undefined];
  const bare = uri.endsWith(".git") ? uri.slice(0, -".git".length) : uri;
  return ref === undefined || ref === "" ? { uri: bare } : { uri: bare, ref };
}

function incomplete(field: string): Ignored {
  return ignored("provenance-incomplete", {
    fr: `la provenance ne nomme pas le pipeline : ${quoted(field)} manque`,
    en: `the provenance does not identify the pipeline: ${quoted(field)} is missing`,
  });
}

const AMBIGUOUS = ignored("source-ambiguous", {
  fr: "la provenance nomme plusieurs sources ou commits, sans dire lequel a été construit",
  en: "the provenance names several sources or commits, and does not say which was built",
});
