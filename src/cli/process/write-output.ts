import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { shellWord } from "../../workload/build/commands.ts";
import { Batches } from "./batches.ts";
import type { Context } from "./context.ts";

/** Small texts are written at once. */
const BATCH_BYTES = 256 * 1024;
const COPIED_AT_ONCE = 256 * 1024;

/** What ends the process in the middle of it. */
type Signals = Pick<Context, "signal" | "catchSignals">;

/** Writes a file whole or not at all, as OutputFile does. */
export async function writeOutput(file: string, text: string, signals: Signals): Promise<void> {
  const output = new OutputFile(file, signals);
  try {
    await output.write(text);
    await output.close();
  } finally {
    await output.discard();
  }
}

/**
 * A file whose text comes piece by piece. Until it is whole it waits in a file without a name beside
 * its place: however the process ends, nothing of it stays. Links are followed, an existing file
 * keeps its mode; a device or pipe is written to, never replaced. Errors are UnavailableErrors
 * `output-unwritable` that name the file.
 */
export class OutputFile {
  readonly #file: string;
  readonly #signals: Signals;
  readonly #batches = new Batches(BATCH_BYTES, async (bytes) => {
    const { handle } = await this.#open();
    // On a handle it goes on where the last one ended.
    await handle.writeFile(bytes);
  });
  #opened: Opened | undefined;

  /** @param file opened when there is enough to write */
  constructor(file: string, signals: Signals) {
    this.#file = file;
    this.#signals = signals;
  }

  async write(text: string): Promise<void> {
    await this.#named(() => this.#batches.add(text));
  }

  /** The text is whole: only now does its name hold it. */
  async close(): Promise<void> {
    await this.#named(async () => {
      await this.#batches.flush();
      const { handle, place } = await this.#open();
      const { signal, catchSignals } = this.#signals;
      if (place !== undefined) await catchSignals(() => put(handle, place, signal));
      await handle.close();
      this.#opened = undefined;
    });
  }

  /** Leaves nothing of a text that is not whole; after close() there is nothing left to do. */
  async discard(): Promise<void> {
    const handle = this.#opened?.handle;
    this.#opened = undefined;
    await handle?.close().catch(() => {});
  }

  async #open(): Promise<Opened> {
    this.#opened ??= await opened(this.#file, this.#signals);
    return this.#opened;
  }

  async #named(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#signals.signal.throwIfAborted();
      throw unwritable(this.#file, error);
    }
  }
}

interface Opened {
  readonly handle: FileHandle;
  /** Absent for a device or pipe. */
  readonly place?: Place;
}

interface Place {
  readonly target: string;
  /** Of the file that will be replaced: the text is never readable by more. */
  readonly mode: number | undefined;
}

async function opened(file: string, { catchSignals }: Signals): Promise<Opened> {
  const target = await realpath(file).catch(() => file);
  const existing = await stat(target).catch(() => undefined);
  if (existing !== undefined && !existing.isFile()) return { handle: await open(target, "w") };
  const place = { target, mode: existing === undefined ? undefined : existing.mode & 0o7777 };
  return catchSignals(async () => {
    const path = besidePath(target);
    const handle = await open(path, "wx+", place.mode);
    await rm(path);
    return { handle, place };
  });
}

/** The whole text under its name. */
async function put(text: FileHandle, { target, mode }: Place, signal: AbortSignal): Promise<void> {
  const path = besidePath(target);
  try {
    const handle = await open(path, "wx", mode);
    try {
      if (mode !== undefined) await handle.chmod(mode);
      await copy(text, handle, signal);
    } finally {
      await handle.close();
    }
    await rename(path, target);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** Through one buffer: streams would take a new one for each, and the collector comes late. */
async function copy(from: FileHandle, to: FileHandle, signal: AbortSignal): Promise<void> {
  const buffer = Buffer.allocUnsafe(COPIED_AT_ONCE);
  for (let at = 0; ; ) {
    signal.throwIfAborted();
    const { bytesRead } = await from.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) return;
    await to.writeFile(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
}

function besidePath(target: string): string {
  return join(dirname(target), `.${basename(target)}.${randomUUID()}`);
}

function unwritable(file: string, cause: unknown): UnavailableError {
  const folder = dirname(file);
  if (cause instanceof Error && "code" in cause && cause.code === "ENOENT" && !existsSync(folder)) {
    return new UnavailableError(
      "output-folder-missing",
      {
        fr: `${quoted(file)} n'a pas pu être écrit : le répertoire ${quoted(folder)} n'existe pas. Le créer : mkdir -p ${shellWord(folder)}`,
        en: `${quoted(file)} could not be written: the folder ${quoted(folder)} does not exist. Make it: mkdir -p ${shellWord(folder)}`,
      },
      { cause },
    );
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  return new UnavailableError(
    "output-unwritable",
    {
      fr: `${quoted(file)} n'a pas pu être écrit (${why}). Vérifier que son répertoire existe, ses droits et l'espace libre.`,
      en: `${quoted(file)} could not be written (${why}). Check that its folder exists, its permissions and the free space.`,
    },
    { cause },
  );
}
