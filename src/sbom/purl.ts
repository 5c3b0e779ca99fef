import { isDistributions } from "../contract/distribution-packages.ts";
import { LIMITS } from "../contract/limits.ts";
import type { OsFacts, PackageFacts } from "../contract/package-facts.ts";
import { distroOf } from "./distro.ts";

/**
 * Package URL of a package (https://github.com/package-url/purl-spec). Distribution packages have the
 * qualifiers that matching vulnerabilities needs: the distribution and the source package.
 *
 * @param os operating system of the image
 */
export function purlOf(facts: PackageFacts, os?: OsFacts): string {
  const isSystem = isDistributions(facts);
  const namespace = isSystem ? (os?.id ?? "") : (facts.namespace ?? "");
  const { epoch, version: stated } = versionOf(facts);
  const parts = namespace.split("/").filter((part) => part !== "");
  const path = [facts.type, ...parts.map(encoded), encoded(facts.name)].join("/");
  const version = stated === "" ? "" : `@${encoded(stated)}`;
  return `pkg:${path}${version}${queryOf(qualifiersOf(facts, isSystem ? os : undefined, epoch))}`;
}

/** Qualifiers; most language packages have none. */
function qualifiersOf(
  facts: PackageFacts,
  os: OsFacts | undefined,
  epoch: string | undefined,
): Qualifiers | undefined {
  const { qualifiers, architecture, source } = facts;
  if (!qualifiers && !architecture && !source && !os && epoch === undefined) return undefined;
  return {
    ...qualifiers,
    arch: architecture,
    distro: os && distroOf(os),
    epoch,
    upstream: source && upstreamOf(source, facts),
  };
}

/** Version; rpm's epoch is separate, as a qualifier. */
function versionOf({ type, version }: PackageFacts): { readonly epoch?: string; readonly version: string } {
  const at = type === "rpm" ? version.indexOf(":") : -1;
  return at < 0 ? { version } : { epoch: version.slice(0, at), version: version.slice(at + 1) };
}

/** Source package; for rpm, the file name of the source rpm, as other tools write it. */
function upstreamOf({ name, version }: NonNullable<PackageFacts["source"]>, facts: PackageFacts): string {
  if (facts.type === "rpm") return `${name}-${version}.src.rpm`;
  return version === facts.version ? name : `${name}@${version}`;
}

type Qualifiers = Readonly<Record<string, string | undefined>>;

/** Query string, sorted by name, without empty values. */
function queryOf(qualifiers: Qualifiers | undefined): string {
  if (qualifiers === undefined) return "";
  const stated = Object.entries(qualifiers).filter(([, value]) => value !== undefined && value !== "");
  if (stated.length === 0) return "";
  const all = stated.map(([name, value = ""]) => `${name}=${encoded(value)}`).toSorted();
  return `?${all.join("&")}`;
}

/** Characters of nearly all names and versions, which need no encoding. */
const PLAIN = /^[\w.~:-]*$/;

/** Percent-encoded text, except for letters, digits, `.`, `-`, `_`, `~` and `:`. */
function encoded(text: string): string {
  if (PLAIN.test(text)) return text;
  return encodeURIComponent(text.toWellFormed())
    .replaceAll("%3A", ":")
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

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
 * required namespace may nevertheless be absent: a jar often lacks its group, which is then stated beside the
 * purl, and all tools write `pkg:golang/stdlib`.
 */
const WITHOUT_NAMESPACE = typesOf(
  "bitnami cargo chrome-extension cocoapods conda cran gem hackage mlflow nuget oci opam otp pub pypi",
);
const WITH_VERSION = typesOf("cran swift");

function typesOf(words: string): ReadonlySet<string> {
  return new Set(words.split(" "));
}

/**
 * Parsed package URL; undefined for an invalid text: without type or name; with a qualifier key of characters
 * other than letters, digits, `.`, `-` and `_`; with an invalid escape; with a namespace that the type
 * forbids; or without a version that the type requires.
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
  const qualifiers = parsedQualifiers(query);
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
 * Splits the part after the type at its version. An `@` at the beginning of a segment belongs to npm's scope,
 * which some tools do not encode.
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

function parsedQualifiers(query: string): ReadonlyMap<string, string> | undefined {
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
