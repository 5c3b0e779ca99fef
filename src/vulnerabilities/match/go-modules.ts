// Go paths in documents of other tools: a module (most tools), or a package inside a module (some tools); a
// golang purl does not distinguish them (https://github.com/package-url/purl-spec, types/golang).

import type { RecordsOf } from "./records-of.ts";

/** Go path with its version, as stated in a document. */
export interface StatedPath {
  readonly path: string;
  readonly version: string;
}

export interface KnownModules {
  readonly records: Pick<RecordsOf, "of">;
  /** Whether the same document, or image, lists a module with this path. */
  readonly isListed: (path: string) => boolean;
}

/**
 * Enclosing module whose records may be about a path without records of its own: the longest prefix with
 * records. Undefined if the path is known to be a module itself:
 *
 * - a document that lists the enclosing module lists it with its version for comparison;
 * - a path that ends in `/v2` at a version 2 is a module (https://go.dev/ref/mod#major-version-suffixes), and no
 *   enclosing one has that major version.
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
