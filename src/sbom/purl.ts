import type { OsFacts, PackageFacts } from "../contract/package-facts.ts";
import { isDistributions } from "./distribution.ts";
import { distroOf } from "./distro.ts";

/**
 * Package URL of a package (https://github.com/package-url/purl-spec). Distribution packages have the
 * qualifiers that matching vulnerabilities needs: the distribution and the source package.
 *
 * @param os of the image
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

/** Source package; for rpm the file name of the source rpm, as other tools write it. */
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
