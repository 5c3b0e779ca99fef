import { isDistributions } from "../../../contract/distribution-packages.ts";
import type { PackageFacts } from "../../../contract/package-facts.ts";

/**
 * Whether a language package was installed by a distribution's package that lists its file. It must also be
 * in a distribution's folder, and have the same name and version (`python3-requests` 2.32.3-1 installs
 * `requests` 2.32.3), since neither the list nor the folder alone proves that the distribution maintains it.
 *
 * @param path path of the file that declares the package
 * @param owner package that lists this file
 */
export function isInstalledBy(
  { type, name, version }: Pick<PackageFacts, "type" | "name" | "version">,
  path: string,
  owner: Pick<PackageFacts, "type" | "name" | "version" | "source">,
): boolean {
  if (isDistributions({ type }) || !isDistributions(owner) || !OWN_PLACES.test(path)) return false;
  const { source } = owner;
  const known = new Set([...words(owner.name), ...words(source?.name ?? "")]);
  if (!known.has(normal(name))) return false;
  const versions = [upstreamVersion(owner.version), ...(source ? [upstreamVersion(source.version)] : [])];
  return versions.some((upstream) => isOf(upstream, version));
}

/**
 * Whether a distribution's version is based on an upstream version: `2.32.3+dfsg-5` is on `2.32.3`, but not
 * on `2.32.30` or `2.32`.
 */
function isOf(upstream: string, version: string): boolean {
  return version !== "" && upstream.startsWith(version) && BEHIND.test(upstream.slice(version.length));
}

/** Suffixes that distributions append to an upstream version: `-1`, `-r0`, `+dfsg-1`, `.dfsg-1`. */
const BEHIND = /^(?:$|-|\+(?!really)|\.(?:dfsg|ds|orig))/;

const OWN_PLACES = /^\/usr\/(?:lib|share)\//;

/** A package's name, and the name without a distribution's prefixes and suffixes. */
function words(name: string): readonly string[] {
  const whole = normal(name);
  return [
    whole,
    whole.replace(/^(?:python3?|py3|node(?:js)?|ruby(?:gem)?|perl|php|lib|golang)-?|-java$/g, ""),
  ];
}

function normal(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

/** Version without its epoch. */
function upstreamVersion(version: string): string {
  return version.replace(/^\d{1,9}:/, "");
}
