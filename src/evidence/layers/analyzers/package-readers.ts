import { createHash } from "node:crypto";
import type { PackageReader } from "../../../sbom/cataloger/cataloger.ts";
import { READERS_BY_PATH } from "../../../sbom/catalogers/cataloger-index.ts";

/** Detectors that examine files of any name. The comment above each entry names its code. */
export const DETECTORS: readonly PackageReader[] = [
  // os-release.ts
  { name: "os-release", version: 1 },
  // src/sbom/repositories
  { name: "repositories", version: 1 },
  // src/sbom/embedded, found-sboms.ts
  { name: "sboms", version: 4 },
  // executable-kind.ts, found-executables.ts
  { name: "executables", version: 1 },
  // src/sbom/bundles, found-bundles.ts
  { name: "bundles", version: 2 },
  // src/sbom/catalogers/java/jar.ts, jar-reading.ts
  { name: "jars", version: 2 },
  // archive-reading.ts, archive-places.ts
  { name: "archives", version: 1 },
  // src/sbom/catalogers/rpm
  { name: "rpm-databases", version: 1 },
  // src/sbom/catalogers/go/build-info.ts
  { name: "go-programs", version: 1 },
  // src/sbom/catalogers/rust/audit-data.ts
  { name: "rust-programs", version: 1 },
  // src/sbom/catalogers/runtimes
  { name: "runtimes", version: 1 },
  // store-path.ts, nix-paths.ts
  { name: "nix-paths", version: 1 },
  // src/sbom/catalogers/unread-forms.ts
  { name: "unread-forms", version: 3 },
  // src/sbom/catalogers/unlisted-packages.ts
  { name: "unlisted-packages", version: 1 },
];

/**
 * All code that determines a layer's package facts, each reader once: the facts are cached under the versions
 * of all of them.
 */
export const PACKAGE_READERS: readonly PackageReader[] = [...READERS_BY_PATH, ...DETECTORS];

/**
 * Names and versions of the readers as one text, in order: if two readers match a file, the first reads it.
 */
export function readersVersion(readers: readonly PackageReader[]): string {
  const list = readers.map(({ name, version }) => `${name} ${version}`);
  return createHash("sha256").update(list.join("\n")).digest("hex").slice(0, 16);
}
