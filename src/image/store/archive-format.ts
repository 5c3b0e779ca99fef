import { archivedImages } from "./docker-archive.ts";
import type { FileTree } from "./file-tree.ts";
import { holdsLayout } from "./open-layout.ts";

export type ArchiveFormat = "oci-archive" | "docker-archive";

/**
 * Format of an archive. Since version 25, `docker save` writes both formats into one tar. The layout is
 * preferred, since digests name all its blobs, unless `docker-archive` is requested. Empty formats (`null` in
 * manifest.json, an index.json without manifests) do not count.
 */
export function archiveFormat(tree: FileTree, wanted?: ArchiveFormat): ArchiveFormat {
  if (wanted === "oci-archive") return wanted;
  if (wanted === "docker-archive" && archivedImages(tree).length > 0) return wanted;
  return holdsLayout(tree) ? "oci-archive" : "docker-archive";
}
