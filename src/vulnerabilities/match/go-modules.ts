// A path of Go in another tool's document: a module (most tools), or a package within one (some); the
// purl of golang does not tell which (https://github.com/package-url/purl-spec, types/golang).

import type { RecordsOf } from "./records-of.ts";

/** A path of Go and its version, as a document states them. */
export interface StatedPath {
  readonly path: string;
  readonly version: string;
}

export interface KnownModules {
  readonly records: Pick<RecordsOf, "of">;
  /** Whether the same document, or image, states a module of this path. */
  isListed(path: string): boolean;
}

/**
 * The module whose records may be about a path that has none itself: the longest beginning of it that records
 * name. Undefined where the path is a module of its own by what is known:
 *
 * - a document that lists the module around it lists what is to be compared, at its version;
 * - a path that ends in `/v2` at a version 2 is a module (https://go.dev/ref/mod#major-version-suffixes), and
 *   none around it has that major version.
 */
export function enclosingModule(
  { path, version }: StatedPath,
  { records, isListed }: KnownModules,
): string | undefined {
  const major = `v${/^v?(\d+)\./.exec(version)?.[1] ?? ""}`;
  for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
    const module = path.slice(0, end);
    if (end < path.length && isListed(module)) return undefined;
    if (records.of("Go", module).length > 0) return end < path.length ? module : undefined;
    const last = module.slice(module.lastIndexOf("/") + 1);
    if (last === major && major !== "v0" && major !== "v1") return undefined;
  }
  return undefined;
}
