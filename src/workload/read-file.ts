import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { LIMITS } from "../contract/limits.ts";
import type { Text } from "../contract/text.ts";
import { unreadable } from "./unreadable.ts";

export type FileBytes = Uint8Array | { readonly problem: Text };

/** The bytes of a file, or of a pipe, up to the limit. */
export function readManifestFile(path: string): FileBytes {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, "r");
    const bytes = readUpTo(descriptor, LIMITS.manifestFileBytes + 1);
    return bytes.length > LIMITS.manifestFileBytes ? { problem: TOO_LARGE } : bytes;
  } catch (error) {
    return { problem: unreadable(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

export const TOO_LARGE: Text = {
  fr: `le fichier dépasse ${LIMITS.manifestFileBytes} octets (limite manifestFileBytes)`,
  en: `the file exceeds ${LIMITS.manifestFileBytes} bytes (limit manifestFileBytes)`,
};

/** What a file holds, up to so many bytes. Its size is only a first guess: pipes have none. */
export function readUpTo(descriptor: number, most: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let size = Math.min(fstatSync(descriptor).size + 1, most);
  while (length < most) {
    const chunk = Buffer.allocUnsafe(size);
    const read = readSync(descriptor, chunk);
    if (read === 0) break;
    chunks.push(chunk.subarray(0, read));
    length += read;
    size = Math.min(CHUNK, most - length);
  }
  return chunks.length === 1 ? (chunks[0] ?? new Uint8Array()) : Buffer.concat(chunks);
}

const CHUNK = 64 * 1024;
