import { readSync } from "node:fs";
import { UnavailableError } from "../../contract/error.ts";
import type { LayerBytes } from "../source/open-image.ts";

/** Bytes per read and per chunk sent to a worker; larger chunks make SHA-256 and inflate no faster. */
export const CHUNK_BYTES = 256 * 1024;

export type FileRange = Extract<LayerBytes, { kind: "file" }>;

/** Blocks of a range, each valid until the next. @throws UnavailableError layer-read */
export function* readBlocks({ fd, offset, size }: FileRange): Generator<Uint8Array> {
  const block = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, size));
  for (let at = 0; at < size; ) {
    const read = readBlock(fd, block, Math.min(block.length, size - at), offset + at);
    // The file became shorter, so its layer's size or digest will not match.
    if (read === 0) return;
    yield block.subarray(0, read);
    at += read;
  }
}

function readBlock(fd: number, block: Buffer, length: number, position: number): number {
  try {
    return readSync(fd, block, 0, length, position);
  } catch (error) {
    const seen = error instanceof Error ? error.message : String(error);
    const text = { fr: `lecture impossible : ${seen}`, en: `cannot be read: ${seen}` };
    throw new UnavailableError("layer-read", text, { cause: error });
  }
}
