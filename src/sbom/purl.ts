import type { OsFacts, PackageFacts } from "../contract/package-facts.ts";
import { isDistributions } from "./distribution.ts";

/**
 * The package URL of a package (https://github.com/package-url/purl-spec). A distribution's packages
 * carry what matching vulnerabilities needs: the distribution, and what they were built from.
 *
 * @param os of the image
 */
export function purlOf(facts: PackageFacts, os?: OsFacts): string {
  const isSystem = isDistributions(facts);
  const namespace = isSystem ? (os?.id ?? "") : (facts.namespace ?? "");
  const { architecture, source } = facts;
  const qualifiers = {
    arch: architecture,
    distro: isSystem && os !== undefined ? distroOf(os) : undefined,
    upstream: source && upstreamOf(source, facts),
  };
  const parts = namespace.split("/").filter((part) => part !== "");
  const path = [facts.type, ...parts.map(encoded), encoded(facts.name)].join("/");
  const version = facts.version === "" ? "" : `@${encoded(facts.version)}`;
  return `pkg:${path}${version}${queryOf(qualifiers)}`;
}

/** `debian-13`, as others write it. */
function distroOf({ id, version }: OsFacts): string {
  return version === undefined ? id : `${id}-${version}`;
}

function upstreamOf({ name, version }: NonNullable<PackageFacts["source"]>, facts: PackageFacts): string {
  return version === facts.version ? name : `${name}@${version}`;
}

/** Sorted by name; those without a value are left out. */
function queryOf(qualifiers: Readonly<Record<string, string | undefined>>): string {
  const stated = Object.entries(qualifiers).filter(([, value]) => value !== undefined && value !== "");
  if (stated.length === 0) return "";
  const all = stated.map(([name, value = ""]) => `${name}=${encoded(value)}`).toSorted();
  return `?${all.join("&")}`;
}

/** Per cent, but for letters, digits, `.`, `-`, `_`, `~` and `:`. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replaceAll("%3A", ":")
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
