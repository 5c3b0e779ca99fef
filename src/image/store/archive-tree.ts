import { closeSync } from "node:fs";
import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { directoryOf, normalizePath } from "../tar/path.ts";
import { type ArchiveEntry, indexArchive } from "./archive-index.ts";
import type { FileRange, FileTree } from "./file-tree.ts";

/**
 * Files of a tar, read in place. Links refer to other files of the tar, as in old `docker save` archives,
 * which store equal layers once. Takes ownership of the archive's descriptor.
 */
export function archiveTree(archive: FileRange): FileTree {
  const entries = indexArchive(archive);
  let isOpen = true;
  return {
    find(path) {
      const entry = follow(entries, path);
      if (entry === undefined) return undefined;
      return { fd: archive.fd, offset: entry.offset, size: entry.member.size };
    },
    close() {
      // Closing twice could close another file that has got the same descriptor.
      if (isOpen) closeSync(archive.fd);
      isOpen = false;
    },
  };
}

function follow(entries: ReadonlyMap<string, ArchiveEntry>, path: string): ArchiveEntry | undefined {
  let name = normalizePath(path);
  for (let links = 0; links <= LIMITS.symlinks; links++) {
    const entry = entries.get(name);
    if (entry?.repeated && !isContentAddressed(name)) throw repeated(path);
    if (entry === undefined || entry.member.type === "file") return entry;
    const { type, link } = entry.member;
    if (type !== "symlink" && type !== "hardlink") return undefined;
    name = normalizePath(type === "symlink" && !link.startsWith("/") ? `${directoryOf(name)}/${link}` : link);
  }
  throw new InvalidInputError("archive-links", {
    fr: `plus de ${LIMITS.symlinks} liens à suivre pour ${quoted(path)} dans l'archive (limite symlinks).`,
    en: `more than ${LIMITS.symlinks} links to follow for ${quoted(path)} in the archive (limit symlinks).`,
  });
}

/** Whether the path is a digest, against which the content is verified, so that all copies are equal. */
function isContentAddressed(path: string): boolean {
  return path.startsWith("/blobs/sha256/");
}

function repeated(path: string): InvalidInputError {
  return new InvalidInputError("archive-repeated", {
    fr: `l'archive contient plusieurs fois ${quoted(path)} : deux outils pourraient y lire deux images différentes. Elle est refusée.`,
    en: `the archive holds ${quoted(path)} more than once: two tools could read two different images from it. It is refused.`,
  });
}
