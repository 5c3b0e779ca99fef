import { randomUUID } from "node:crypto";
import { type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { Batches } from "./batches.ts";

/** Characters that wait for more: small files are opened, written and closed at once. */
const WAITING = 256 * 1024;

/** Writes a file whole or not at all, as OutputFile does. */
export async function writeOutput(file: string, text: string): Promise<void> {
  const output = new OutputFile(file);
  try {
    await output.write(text);
    await output.close();
  } finally {
    await output.discard();
  }
}

/**
 * A file whose text comes piece by piece. It is written beside its place and renamed when it is
 * whole; links are followed, an existing file keeps its mode; a device or pipe is written to, never
 * replaced. Errors are UnavailableErrors `output-unwritable` that name the file.
 */
export class OutputFile {
  readonly #file: string;
  readonly #batches = new Batches(WAITING, async (text) => {
    const { handle } = await this.#open();
    // On a handle it goes on where the last one ended.
    await handle.writeFile(text);
  });
  #opened: Opened | undefined;

  /** @param file opened when there is enough to write */
  constructor(file: string) {
    this.#file = file;
  }

  async write(text: string): Promise<void> {
    await this.#named(() => this.#batches.add(text));
  }

  /** The text is whole: only now does its name hold it. */
  async close(): Promise<void> {
    await this.#named(async () => {
      await this.#batches.flush();
      const { handle, draft } = await this.#open();
      if (draft?.mode !== undefined) await handle.chmod(draft.mode);
      await handle.close();
      if (draft !== undefined) await rename(draft.path, draft.target);
      this.#opened = undefined;
    });
  }

  /** Leaves nothing of a text that is not whole; after close() there is nothing left to do. */
  async discard(): Promise<void> {
    const { handle, draft } = this.#opened ?? {};
    this.#opened = undefined;
    await handle?.close().catch(() => {});
    if (draft !== undefined) await rm(draft.path, { force: true }).catch(() => {});
  }

  async #open(): Promise<Opened> {
    this.#opened ??= await opened(this.#file);
    return this.#opened;
  }

  async #named(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      throw unwritable(this.#file, error);
    }
  }
}

interface Opened {
  readonly handle: FileHandle;
  /** Where the text waits to be whole; absent for a device or pipe. */
  readonly draft?: { readonly path: string; readonly target: string; readonly mode: number | undefined };
}

async function opened(file: string): Promise<Opened> {
  const target = await realpath(file).catch(() => file);
  const existing = await stat(target).catch(() => undefined);
  if (existing !== undefined && !existing.isFile()) return { handle: await open(target, "w") };
  const path = join(dirname(target), `.${basename(target)}.${randomUUID()}`);
  const mode = existing === undefined ? undefined : existing.mode & 0o7777;
  // Never readable by more than the file that it will replace.
  return { handle: await open(path, "wx", mode), draft: { path, target, mode } };
}

function unwritable(file: string, cause: unknown): UnavailableError {
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
