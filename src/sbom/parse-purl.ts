import { LIMITS } from "../contract/limits.ts";

/** A parsed package URL (https://github.com/package-url/purl-spec), with all parts decoded. */
export interface Purl {
  /** Type in lower case, since types are case-insensitive. */
  readonly type: string;
  /** Namespace segments joined by `/`; absent if there are none. */
  readonly namespace?: string;
  readonly name: string;
  readonly version?: string;
  /** Qualifiers with keys in lower case, without empty values. */
  readonly qualifiers: ReadonlyMap<string, string>;
  readonly subpath?: string;
}

/**
 * Types without a namespace, and types that require a version, by the specification's type definitions. A
 * required namespace may still be absent: a jar often lacks its group, which is then stated beside the purl,
 * and all tools write `pkg:golang/stdlib`.
 */
const WITHOUT_NAMESPACE = typesOf(
  "bitnami cargo chrome-extension cocoapods conda cran gem hackage mlflow nuget oci opam otp pub pypi",
);
const WITH_VERSION = typesOf("cran swift");

function typesOf(words: string): ReadonlySet<string> {
  return new Set(words.split(" "));
}

/**
 * Parsed package URL; undefined if the text is invalid: without type or name, with a qualifier key of other
 * characters than letters, digits, `.`, `-` and `_`, with an invalid escape, with a namespace that the type
 * forbids, or without a version that it requires.
 */
export function parsePurl(text: string): Purl | undefined {
  if (text.length > LIMITS.packageNameCharacters * 8) return undefined;
  try {
    return partsOf(text.trim());
  } catch (error) {
    // Error of decodeURIComponent().
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

function partsOf(text: string): Purl | undefined {
  const [beforeSubpath, subpath = ""] = splitLast(text, "#");
  const [beforeQualifiers, query = ""] = splitLast(beforeSubpath, "?");
  const scheme = beforeQualifiers.slice(0, "pkg:".length).toLowerCase();
  if (scheme !== "pkg:") return undefined;
  const path = withoutSlashes(beforeQualifiers.slice("pkg:".length));
  const typeEnd = path.indexOf("/");
  if (typeEnd <= 0) return undefined;
  const type = path.slice(0, typeEnd).toLowerCase();
  if (!/^[a-z][a-z0-9.+-]*$/.test(type)) return undefined;
  const [coordinates, version = ""] = splitVersion(path.slice(typeEnd + 1), type);
  const segments = coordinates.split("/").map(decodeURIComponent).filter(isSaid);
  const name = segments.pop();
  const qualifiers = qualifiersOf(query);
  if (name === undefined || qualifiers === undefined) return undefined;
  if (segments.length > 0 && WITHOUT_NAMESPACE.has(type)) return undefined;
  if (version === "" && WITH_VERSION.has(type)) return undefined;
  const subpaths = subpath.split("/").map(decodeURIComponent).filter(isSaid);
  return {
    type,
    ...(segments.length === 0 ? {} : { namespace: segments.join("/") }),
    name,
    ...(version === "" ? {} : { version: decodeURIComponent(version) }),
    qualifiers,
    ...(subpaths.length === 0 ? {} : { subpath: subpaths.join("/") }),
  };
}

/**
 * Splits the part after the type at its version. An `@` at the beginning of a segment is npm's scope, which
 * some tools do not encode.
 */
function splitVersion(text: string, type: string): readonly [string, string?] {
  const at = text.lastIndexOf("@");
  const isScope = type === "npm" && (at === 0 || text.charAt(at - 1) === "/");
  return at < 0 || isScope ? [text] : cut(text, at);
}

function splitLast(text: string, sign: string): readonly [string, string?] {
  const at = text.lastIndexOf(sign);
  return at < 0 ? [text] : cut(text, at);
}

function cut(text: string, at: number): readonly [string, string] {
  return [text.slice(0, at), text.slice(at + 1)];
}

function qualifiersOf(query: string): ReadonlyMap<string, string> | undefined {
  const qualifiers = new Map<string, string>();
  for (const pair of query.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    if (equals <= 0) return undefined;
    const [given, value] = cut(pair, equals);
    const key = given.toLowerCase();
    if (!/^[a-z][a-z0-9._-]*$/.test(key) || qualifiers.has(key)) return undefined;
    if (value !== "") qualifiers.set(key, decodeURIComponent(value));
  }
  return qualifiers;
}

function withoutSlashes(text: string): string {
  let start = 0;
  let end = text.length;
  while (text[start] === "/") start++;
  while (end > start && text[end - 1] === "/") end--;
  return text.slice(start, end);
}

function isSaid(part: string): boolean {
  return part !== "";
}
