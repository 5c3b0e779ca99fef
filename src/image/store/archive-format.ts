import { archivedImages } from "./docker-archive.ts";
import type { FileTree } from "./file-tree.ts";
import { holdsLayout } from "./open-layout.ts";

export type ArchiveFormat = "oci-archive" | "docker-archive";

/**
 * Since Docker 25 `docker save` writes both formats into one tar. Then the layout is read, whose
 * digests name every blob, unless `docker-archive` was asked for; what is empty (`null` in
 * manifest.json, an index.json without manifests) does not count.
 */
export function archiveFormat(tree: FileTree, wanted?: ArchiveFormat): ArchiveFormat {
  if (wanted === "oci-archive") return wanted;
  if (wanted === "docker-archive" && archivedImages(tree).length > 0) return wanted;
  return holdsLayout(tree) ? "oci-archive" : "docker-archive";
}
