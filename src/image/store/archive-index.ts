import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { BLOCK } from "../tar/header.ts";
import type { TarMember } from "../tar/member.ts";
import { normalizePath } from "../tar/path.ts";
import { TarWalker } from "../tar/walk.ts";
import type { FileRange } from "./file-tree.ts";
import { readFully } from "./read-range.ts";

export interface ArchiveEntry {
  readonly member: TarMember;
  /** Offset of the content in the open file. */
  readonly offset: number;
  /**
   * Set if a later entry has the same path: programs that unpack the archive and programs that seek in it
   * then read different files.
   */
  readonly repeated: boolean;
}

/** Maximum number of headers: each entry may have a PAX and two long-name headers before it. */
const HEADERS = 4 * LIMITS.archiveEntries;

/**
 * Lists a tar by its headers, skipping contents: an archive of gigabytes takes a few hundred small reads.
 * Ends at the zero blocks, like Go's reader.
 *
 * @returns entries by path, absolute and normalised: `x/../a` is the file `a`, as for containerd
 * @throws InvalidInputError archive-entries, archive-sparse, file-truncated, as TarWalker
 */
export function indexArchive(archive: FileRange): ReadonlyMap<string, ArchiveEntry> {
  const entries = new Map<string, ArchiveEntry>();
  let at = 0;
  const walker = new TarWalker({
    member(member) {
      if (member.sparse) throw sparse(member.path);
      if (entries.size > LIMITS.archiveEntries) throw tooMany();
      const path = normalizePath(member.path);
      // The header is the last that was read.
      entries.set(path, { member, offset: archive.offset + at, repeated: entries.has(path) });
      return 0;
    },
    body: () => undefined,
  });
  let headers = 0;
  while (at < archive.size && !walker.isEnded) {
    const block = readAt(archive, at, walker.wanting);
    if (block.length === BLOCK && ++headers > HEADERS) throw tooMany();
    at += block.length;
    walker.push(block);
    at += walker.passOver(archive.size - at);
  }
  if (!walker.isWhole) throw truncated(archive);
  return entries;
}

/**
 * Reads the wanted bytes. If none are wanted (an empty extension), reads the next block, with which the extension ends.
 */
function readAt(archive: FileRange, at: number, wanted: number): Buffer {
  const block = Buffer.alloc(Math.min(wanted === 0 ? BLOCK : wanted, archive.size - at));
  if (readFully(archive.fd, block, archive.offset + at) < block.length) throw truncated(archive);
  return block;
}

function truncated(archive: FileRange): InvalidInputError {
  return new InvalidInputError("file-truncated", {
    fr: `l'archive fait ${archive.size} octets et s'arrête au milieu d'une entrée. Elle est tronquée ; l'exporter ou la télécharger à nouveau.`,
    en: `the archive is ${archive.size} bytes long and stops in the middle of an entry. It is cut off; export or download it again.`,
  });
}

function tooMany(): InvalidInputError {
  return new InvalidInputError("archive-entries", {
    fr: `l'archive contient plus de ${LIMITS.archiveEntries} fichiers (limite archiveEntries) : ce n'est sans doute pas une image. Utiliser une archive de « docker save » ou de « skopeo copy ».`,
    en: `the archive holds more than ${LIMITS.archiveEntries} files (limit archiveEntries): it is probably no image. Use an archive made by \`docker save\` or \`skopeo copy\`.`,
  });
}

function sparse(name: string): InvalidInputError {
  return new InvalidInputError("archive-sparse", {
    fr: `l'archive contient un fichier creux (${quoted(name)}), que les outils d'images n'écrivent pas. La recréer sans l'option --sparse de tar.`,
    en: `the archive holds a sparse file (${quoted(name)}), which no image tool writes. Make it again without tar's option --sparse.`,
  });
}
