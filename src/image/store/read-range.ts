import { readSync } from "node:fs";
import { InvalidInputError } from "../../contract/error.ts";
import { verifyDocumentSize } from "../../net/registry/blob-ref.ts";
import type { FileRange } from "./file-tree.ts";

/**
 * Reads a small file completely.
 *
 * @param what name in messages
 * @throws InvalidInputError document-too-large, file-truncated
 */
export function readRange({ fd, offset, size }: FileRange, what: string): Uint8Array {
  verifyDocumentSize(size, what);
  const bytes = new Uint8Array(size);
  if (readFully(fd, bytes, offset) === size) return bytes;
  throw new InvalidInputError("file-truncated", {
    fr: `${what} : le fichier est plus court qu'annoncé. Il est tronqué, ou change pendant la lecture ; récupérer l'image à nouveau.`,
    en: `${what}: the file is shorter than announced. It is cut off, or changes while it is read; fetch the image again.`,
  });
}

/** Fills the buffer from an offset of the file; returns fewer bytes only at the file's end. */
export function readFully(fd: number, buffer: Uint8Array, position: number): number {
  let filled = 0;
  while (filled < buffer.length) {
    const count = readSync(fd, buffer, filled, buffer.length - filled, position + filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}
