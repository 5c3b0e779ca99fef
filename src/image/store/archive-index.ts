import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { BLOCK, isZeroBlock, parseHeader, type TarHeader } from "../tar/header.ts";
import { type Extensions, memberOf, type TarMember } from "../tar/member.ts";
import { decodeName } from "../tar/names.ts";
import { parsePax } from "../tar/pax.ts";
import type { FileRange } from "./file-tree.ts";
import { readFully } from "./read-range.ts";

export interface ArchiveEntry {
  readonly member: TarMember;
  /** Of its content, in the open file. */
  readonly offset: number;
  /** A later entry has the same path: unpackers and seekers would read different ones. */
  readonly repeated: boolean;
}

const NO_EXTENSIONS: Extensions = { pax: new Map() };

/**
 * Lists a tar by its headers alone, seeking over every body: an archive of gigabytes takes some
 * hundred small reads. Like Go's reader it ends at the zero blocks.
 *
 * @returns entries by their path, without a leading `./`
 * @throws InvalidInputError archive-entries, archive-sparse, file-truncated, those of the tar's parts
 */
export function indexArchive(archive: FileRange): ReadonlyMap<string, ArchiveEntry> {
  const entries = new Map<string, ArchiveEntry>();
  let extensions = NO_EXTENSIONS;
  let headers = 0;
  for (let at = 0; at < archive.size; ) {
    const block = readAt(archive, at, BLOCK);
    if (isZeroBlock(block)) break;
    // Each entry may have a PAX and two long-name headers before it.
    if (++headers > 4 * LIMITS.archiveEntries || entries.size > LIMITS.archiveEntries) throw tooMany();
    const header = parseHeader(block);
    const content = at + BLOCK;
    const { size, extension, member } = readHeader(archive, header, content, extensions);
    verifyEnd(archive, content + size);
    if (member !== undefined) {
      const path = plainPath(member.path);
      entries.set(path, { member, offset: archive.offset + content, repeated: entries.has(path) });
    }
    extensions = member === undefined ? { ...extensions, ...extension } : NO_EXTENSIONS;
    at = content + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
}

interface ReadHeader {
  /** Bytes of content behind the header. */
  readonly size: number;
  readonly extension?: Partial<Extensions>;
  readonly member?: TarMember;
}

function readHeader(archive: FileRange, header: TarHeader, at: number, extensions: Extensions): ReadHeader {
  const { flag, size } = header;
  if (flag === "g") return { size };
  if (flag === "x" || flag === "L" || flag === "K") {
    return { size, extension: readExtension(flag, readAt(archive, at, verifiedExtension(size))) };
  }
  if (flag === "S" || [...extensions.pax.keys()].some((keyword) => keyword.startsWith("GNU.sparse."))) {
    throw sparse(header.name);
  }
  const member = memberOf(header, extensions, false);
  return { size: member.size, member };
}

function readExtension(flag: "x" | "L" | "K", bytes: Uint8Array): Partial<Extensions> {
  if (flag === "x") return { pax: parsePax(bytes) };
  const end = bytes.indexOf(0);
  const name = decodeName(end === -1 ? bytes : bytes.subarray(0, end));
  return flag === "L" ? { longName: name } : { longLink: name };
}

function plainPath(path: string): string {
  return path.replace(/^(?:\.\/)+/, "");
}

function readAt(archive: FileRange, at: number, length: number): Uint8Array {
  verifyEnd(archive, at + length);
  const bytes = new Uint8Array(length);
  const count = readFully(archive.fd, bytes, archive.offset + at);
  verifyEnd(archive, count === length ? 0 : archive.size + 1);
  return bytes;
}

function verifyEnd(archive: FileRange, end: number): void {
  if (end <= archive.size) return;
  throw new InvalidInputError("file-truncated", {
    fr: `l'archive fait ${archive.size} octets et s'arrête au milieu d'une entrée. Elle est tronquée ; exportez ou téléchargez-la à nouveau.`,
    en: `the archive is ${archive.size} bytes long and stops in the middle of an entry. It is cut off; export or download it again.`,
  });
}

function verifiedExtension(size: number): number {
  if (size <= LIMITS.tarExtensionBytes) return size;
  throw new InvalidInputError("tar-extension-limit", {
    fr: `extension de ${size} octets dans l'archive, la limite est de ${LIMITS.tarExtensionBytes} (tarExtensionBytes).`,
    en: `extension of ${size} bytes in the archive, the limit is ${LIMITS.tarExtensionBytes} (tarExtensionBytes).`,
  });
}

function tooMany(): InvalidInputError {
  return new InvalidInputError("archive-entries", {
    fr: `l'archive contient plus de ${LIMITS.archiveEntries} fichiers (limite archiveEntries) : ce n'est sans doute pas une image. Utilisez une archive de « docker save » ou de « skopeo copy ».`,
    en: `the archive holds more than ${LIMITS.archiveEntries} files (limit archiveEntries): it is probably no image. Use an archive made by \`docker save\` or \`skopeo copy\`.`,
  });
}

function sparse(name: string): InvalidInputError {
  return new InvalidInputError("archive-sparse", {
    fr: `l'archive contient un fichier creux (${quoted(name)}), que les outils d'images n'écrivent pas. Recréez-la sans l'option --sparse de tar.`,
    en: `the archive holds a sparse file (${quoted(name)}), which no image tool writes. Make it again without tar's option --sparse.`,
  });
}
