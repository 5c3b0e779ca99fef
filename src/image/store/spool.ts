import { randomUUID } from "node:crypto";
import { closeSync, fstatSync, openSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DouaneError, InvalidInputError, UnavailableError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { FileRange } from "./file-tree.ts";

/**
 * Writes a stream into a temporary file that has no name any more: however the process ends, the
 * kernel frees it. Archives name their layers before the manifest that explains them, so a stream
 * has to be kept before it can be read.
 *
 * @param inflater decompresses what passes
 * @returns the whole file, to be closed by its `fd`
 * @throws InvalidInputError unpacked-limit, expansion-limit, archive-corrupt
 * @throws UnavailableError spool-failed
 */
export async function spool(
  bytes: AsyncIterable<Uint8Array>,
  { inflater, signal }: { readonly inflater?: Duplex; readonly signal?: AbortSignal | undefined } = {},
): Promise<FileRange> {
  const fd = createNameless();
  const meter = new Meter(inflater !== undefined);
  const input = (chunks: AsyncIterable<Uint8Array>) => meter.input(chunks);
  const output = (chunks: AsyncIterable<Uint8Array>) => meter.output(chunks);
  const file = (chunks: AsyncIterable<Uint8Array>) => writeAll(fd, chunks);
  const options = signal === undefined ? {} : { signal };
  try {
    if (inflater === undefined) await pipeline(bytes, output, file, options);
    else await pipeline(bytes, input, inflater, output, file, options);
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
 * Writes synchronously: nothing is under way when the descriptor is closed after an error, and
 * Node's own streams would close it themselves.
 */
async function writeAll(fd: number, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) at += writeSync(fd, chunk, at);
  }
}

/** Holds a stream to the bounds on what it may expand to. */
class Meter {
  readonly #inflates: boolean;
  #read = 0;
  #written = 0;

  constructor(inflates: boolean) {
    this.#inflates = inflates;
  }

  async *input(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.#read += chunk.length;
      yield chunk;
    }
  }

  async *output(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.#written += chunk.length;
      this.#verify();
      yield chunk;
    }
  }

  #verify(): void {
    if (this.#written > LIMITS.unpackedBytesPerImage) {
      throw new InvalidInputError("unpacked-limit", {
        fr: `l'archive dépasse ${LIMITS.unpackedBytesPerImage} octets une fois décompressée (limite unpackedBytesPerImage).`,
        en: `the archive is larger than ${LIMITS.unpackedBytesPerImage} bytes when unpacked (limit unpackedBytesPerImage).`,
      });
    }
    const allowed = Math.max(LIMITS.expansionFloorBytes, this.#read * LIMITS.expansionRatio);
    if (!this.#inflates || this.#written <= allowed) return;
    throw new InvalidInputError("expansion-limit", {
      fr: `l'archive se décompresse à plus de ${LIMITS.expansionRatio} fois sa taille (limite expansionRatio) : bombe de décompression.`,
      en: `the archive expands to more than ${LIMITS.expansionRatio} times its size (limit expansionRatio): a decompression bomb.`,
    });
  }
}

function explained(error: unknown): unknown {
  if (error instanceof DouaneError || !(error instanceof Error)) return error;
  const { code = "" } = error as NodeJS.ErrnoException;
  if (/^E[A-Z]+$/.test(code)) return spoolFailed(error);
  if (!/^Z_|^ZSTD_/.test(code)) return error;
  return new InvalidInputError(
    "archive-corrupt",
    {
      fr: `l'archive compressée est corrompue ou tronquée (${code}). Exportez ou téléchargez-la à nouveau.`,
      en: `the compressed archive is corrupt or cut off (${code}). Export or download it again.`,
    },
    { cause: error },
  );
}

function spoolFailed(cause: NodeJS.ErrnoException): UnavailableError {
  const reason = cause.code ?? "";
  return new UnavailableError(
    "spool-failed",
    {
      fr: `l'archive n'a pas pu être copiée dans ${tmpdir()} (${reason}). Libérez de la place ou choisissez un autre dossier avec TMPDIR.`,
      en: `the archive could not be copied to ${tmpdir()} (${reason}). Free some space, or choose another directory with TMPDIR.`,
    },
    { cause },
  );
}
