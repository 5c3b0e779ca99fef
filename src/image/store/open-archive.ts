import { closeSync } from "node:fs";
import { InvalidInputError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { formatOf } from "../inflate/decompress.ts";
import { BLOCK, parseHeader } from "../tar/header.ts";
import { archiveTree } from "./archive-tree.ts";
import type { FileRange, FileTree } from "./file-tree.ts";
import { readFully } from "./read-range.ts";
import { spool } from "./spool.ts";

/**
 * Opens a tar, possibly compressed as a whole (`docker save | gzip`). Takes ownership of the descriptor, also
 * on failure.
 *
 * @param what name of the file in messages
 * @throws InvalidInputError not-an-archive, as spool() and indexArchive()
 */
export async function openArchive(file: FileRange, what: string, signal?: AbortSignal): Promise<FileTree> {
  if (formatOf(peek(file)) === undefined) return treeOf(file, what);
  try {
    return treeOf(await spool(contentOf(file), { signal }), what);
  } finally {
    closeSync(file.fd);
  }
}

/** Compressed bytes processed between checks for signals: 64 KiB of a zstd bomb can be 2 GB. */
const CHUNK = 64 * 1024;

async function* contentOf({ fd, size }: FileRange): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; at += CHUNK) {
    const bytes = new Uint8Array(Math.min(CHUNK, size - at));
    yield bytes.subarray(0, readFully(fd, bytes, at));
  }
}

function treeOf(archive: FileRange, what: string): FileTree {
  try {
    verifyIsTar(peek(archive), what);
    return archiveTree(archive);
  } catch (error) {
    closeSync(archive.fd);
    throw error;
  }
}

function peek({ fd, offset, size }: FileRange): Uint8Array {
  const bytes = new Uint8Array(Math.min(BLOCK, size));
  return bytes.subarray(0, readFully(fd, bytes, offset));
}

function verifyIsTar(start: Uint8Array, what: string): void {
  try {
    if (start.length === BLOCK) {
      parseHeader(start);
      return;
    }
  } catch {
    // An invalid header means that the file is not a tar, which is reported below.
  }
  throw new InvalidInputError("not-an-archive", {
    fr: `${quoted(what)} n'est pas une image : ni tar, ni tar compressé par gzip ou zstd. Utiliser une archive de « docker save » ou de « skopeo copy ».`,
    en: `${quoted(what)} is not an image: neither a tar nor a tar compressed with gzip or zstd. Use an archive made by \`docker save\` or \`skopeo copy\`.`,
  });
}
