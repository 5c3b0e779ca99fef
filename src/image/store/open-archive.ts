import { closeSync } from "node:fs";
import type { Duplex } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { InvalidInputError } from "../../contract/error.ts";
import { quote } from "../quote.ts";
import { BLOCK, parseHeader } from "../tar/header.ts";
import { archiveTree } from "./archive-tree.ts";
import type { FileRange, FileTree } from "./file-tree.ts";
import { readFully } from "./read-range.ts";
import { spool } from "./spool.ts";

/**
 * Opens a tar, which may be compressed as a whole (`docker save | gzip`). Takes the descriptor over,
 * also when it fails.
 *
 * @param what how a message calls the file
 * @throws InvalidInputError not-an-archive, those of spool() and indexArchive()
 */
export async function openArchive(file: FileRange, what: string, signal?: AbortSignal): Promise<FileTree> {
  const inflater = inflaterFor(peek(file));
  if (inflater === undefined) return treeOf(file, what);
  try {
    return treeOf(await spool(contentOf(file), { inflater, signal }), what);
  } finally {
    closeSync(file.fd);
  }
}

const CHUNK = 256 * 1024;

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

/** By the magic numbers of RFC 1952 and RFC 8878. */
function inflaterFor(start: Uint8Array): Duplex | undefined {
  if (start[0] === 0x1f && start[1] === 0x8b) return createGunzip();
  const isZstd = start[0] === 0x28 && start[1] === 0xb5 && start[2] === 0x2f && start[3] === 0xfd;
  return isZstd ? createZstdDecompress() : undefined;
}

function verifyIsTar(start: Uint8Array, what: string): void {
  try {
    if (start.length === BLOCK) {
      parseHeader(start);
      return;
    }
  } catch {
    // What has no valid header is no tar: said below.
  }
  throw new InvalidInputError("not-an-archive", {
    fr: `${quote(what)} n'est pas une image : ni tar, ni tar compressé par gzip ou zstd. Utilisez une archive de « docker save » ou de « skopeo copy ».`,
    en: `${quote(what)} is no image: neither a tar nor a tar compressed with gzip or zstd. Use an archive made by \`docker save\` or \`skopeo copy\`.`,
  });
}
