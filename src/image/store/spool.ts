import { randomUUID } from "node:crypto";
import { closeSync, fstatSync, openSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";
import { isDecompressionBomb } from "../../contract/decompression-bomb.ts";
import { DouaneError, InvalidInputError, UnavailableError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { faultOf } from "../../files/write-failure.ts";
import { Unpacker } from "../inflate/decompress.ts";
import type { FileRange } from "./file-tree.ts";

/**
 * Writes a stream, unpacked if it is gzip or zstd, into an unlinked temporary file, which the kernel frees
 * however the process ends. Archives contain their layers before the manifest that describes them, so a
 * stream must be stored before it can be read.
 *
 * @returns the whole file, to be closed by its `fd`
 * @throws InvalidInputError unpacked-limit, expansion-limit, archive-corrupt
 * @throws UnavailableError spool-failed
 */
export async function spool(
  bytes: AsyncIterable<Uint8Array>,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<FileRange> {
  const fd = createNameless();
  const file = (chunks: AsyncIterable<Uint8Array>) => unpackInto(fd, chunks, signal);
  try {
    await pipeline(bytes, file, signal === undefined ? {} : { signal });
    return { fd, offset: 0, size: fstatSync(fd).size };
  } catch (error) {
    closeSync(fd);
    throw explained(error);
  }
}

function createNameless(): number {
  const path = join(tmpdir(), `douane-${randomUUID()}`);
  try {
    const fd = openSync(path, "wx+", 0o600);
    unlinkSync(path);
    return fd;
  } catch (error) {
    throw spoolFailed(error as NodeJS.ErrnoException);
  }
}

/**
 * Writes synchronously, so that no write is pending when the descriptor is closed after an error; Node's own
 * streams would close it themselves.
 */
async function unpackInto(
  fd: number,
  chunks: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<void> {
  let read = 0;
  let written = 0;
  const unpacker = new Unpacker((chunk) => {
    written += chunk.length;
    verifySize(written, read);
    for (let at = 0; at < chunk.length; ) at += writeSync(fd, chunk, at);
  }, corruptArchive);
  try {
    for await (const chunk of chunks) {
      read += chunk.length;
      unpacker.push(chunk);
      // Signals are delivered only between turns of the event loop.
      await setImmediate();
      signal?.throwIfAborted();
    }
    unpacker.end();
  } finally {
    // Frees native memory instead of keeping the stream for reuse, since other threads may read the layers.
    unpacker.close(false);
  }
}

/** Checks the bounds on the expansion of a stream. */
function verifySize(written: number, read: number): void {
  if (written > LIMITS.unpackedBytesPerImage) {
    throw new InvalidInputError("unpacked-limit", {
      fr: `l'archive dépasse ${LIMITS.unpackedBytesPerImage} octets une fois décompressée (limite unpackedBytesPerImage).`,
      en: `the archive is larger than ${LIMITS.unpackedBytesPerImage} bytes when unpacked (limit unpackedBytesPerImage).`,
    });
  }
  if (!isDecompressionBomb(written, read)) return;
  throw new InvalidInputError("expansion-limit", {
    fr: `l'archive se décompresse à plus de ${LIMITS.expansionRatio} fois sa taille (limite expansionRatio) : bombe de décompression.`,
    en: `the archive expands to more than ${LIMITS.expansionRatio} times its size (limit expansionRatio): a decompression bomb.`,
  });
}

function corruptArchive({ fr, en }: Text, options?: ErrorOptions): InvalidInputError {
  const text = {
    fr: `l'archive ne se décompresse pas : ${fr}. L'exporter ou la télécharger à nouveau.`,
    en: `the archive does not unpack: ${en}. Export or download it again.`,
  };
  return new InvalidInputError("archive-corrupt", text, options);
}

function explained(error: unknown): unknown {
  if (error instanceof DouaneError || !(error instanceof Error)) return error;
  const { code = "" } = error as NodeJS.ErrnoException;
  return /^E[A-Z]+$/.test(code) ? spoolFailed(error) : error;
}

function spoolFailed(error: NodeJS.ErrnoException): UnavailableError {
  const { cause, remedy } = faultOf(error);
  return new UnavailableError(
    "spool-failed",
    {
      fr: `l'archive n'a pas pu être copiée dans ${quoted(tmpdir())} : ${cause.fr}. ${remedy.fr} TMPDIR choisit un autre répertoire.`,
      en: `the archive could not be copied to ${quoted(tmpdir())}: ${cause.en}. ${remedy.en} TMPDIR chooses another folder.`,
    },
    { cause: error },
  );
}
