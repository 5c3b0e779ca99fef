import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type DouaneError, UnavailableError, UsageError } from "../../contract/error.ts";
import { pathWord } from "../../contract/shell-word.ts";
import { quoted } from "../../contract/shown.ts";
import { type ConfinedTarget, type Confinement, confinedTarget } from "../../files/confined-target.ts";
import { type StrayLink, strayLink } from "../../files/stray-link.ts";
import { WriteFailure } from "../../files/write-failure.ts";
import { WriteRefusal } from "../../files/write-refusal.ts";
import { Batches } from "./batches.ts";
import type { Context } from "./context.ts";
import { isOwnOutput } from "./own-output.ts";
import { strayLinkText } from "./stray-link-text.ts";

/** Bytes per write; smaller texts are written at once. */
const BATCH_BYTES = 256 * 1024;
const COPIED_AT_ONCE = 256 * 1024;

/** Interruption of a write, and the folder that file names are relative to. */
type Ambient = Pick<Context, "signal" | "catchSignals" | "cwd">;

/** Confinement, and the error with the reason why a file is not written. */
export interface OutputConfinement extends Confinement {
  readonly refused: (refusal: WriteRefusal) => DouaneError;
}

/** Condition for writing a file: a confinement, or, if the user named the file, which texts are douane's own. */
export type WriteCondition = OutputConfinement | Pick<Confinement, "isOwn">;

const BY_USER: WriteCondition = { isOwn: isOwnOutput };

/** Writes a text, or its pieces, to a file completely or not at all, like OutputFile. */
export async function writeOutput(
  file: string,
  text: string | Iterable<string>,
  ambient: Ambient,
  condition?: WriteCondition,
): Promise<void> {
  const output = new OutputFile(file, ambient, condition);
  try {
    for (const piece of typeof text === "string" ? [text] : text) await output.write(piece);
    await output.close();
  } finally {
    await output.discard();
  }
}

/**
 * File whose text arrives in pieces. Until it is complete, the text is in an unlinked file beside the target,
 * so that nothing remains however the process ends. Links are followed unless strayLink() finds one, and an
 * existing file keeps its mode; a device or pipe is written to, never replaced. This applies to files that
 * the user names; files that a repository names are confined. Errors are UnavailableErrors
 * `output-unwritable` that name the file, or the confinement's own.
 */
export class OutputFile {
  readonly #file: string;
  readonly #ambient: Ambient;
  readonly #condition: WriteCondition;
  readonly #batches = new Batches(BATCH_BYTES, async (bytes) => {
    const { handle } = await this.#open();
    // A FileHandle appends after its previous write.
    await handle.writeFile(bytes);
  });
  #opened: Opened | undefined;

  /**
   * @param file absolute path; the file is opened at the first write
   * @param condition absent if the user named the file
   */
  constructor(file: string, ambient: Ambient, condition = BY_USER) {
    this.#file = file;
    this.#ambient = ambient;
    this.#condition = condition;
  }

  /** Checks before the work whether the file may be written, without writing. */
  async assertAllowed(): Promise<void> {
    const condition = this.#condition;
    if (!isConfined(condition)) return;
    await this.#named(async () => (await confinedTarget(this.#file, condition)).close());
  }

  async write(text: string): Promise<void> {
    await this.#named(() => this.#batches.add(text));
  }

  /** Called when the text is complete; only then does the target appear. */
  async close(): Promise<void> {
    await this.#named(async () => {
      await this.#batches.flush();
      const { handle, place } = await this.#open();
      const { signal, catchSignals } = this.#ambient;
      if (place !== undefined) await catchSignals(() => put(handle, place, signal));
      await this.discard();
    });
  }

  /** Discards an incomplete text; has no effect after close(). */
  async discard(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    await opened?.handle.close().catch(() => {});
    await opened?.place?.confined?.close().catch(() => {});
  }

  async #open(): Promise<Opened> {
    this.#opened ??= await opened(this.#file, this.#ambient, this.#condition);
    return this.#opened;
  }

  async #named(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#ambient.signal.throwIfAborted();
      if (error instanceof WriteRefusal && isConfined(this.#condition)) throw this.#condition.refused(error);
      throw unwritable(this.#file, error);
    }
  }
}

function isConfined(condition: WriteCondition): condition is OutputConfinement {
  return "root" in condition;
}

interface Opened {
  readonly handle: FileHandle;
  /** Target of the text; absent for a device or pipe. */
  readonly place?: Place;
}

interface Place {
  readonly target: string;
  /** Mode of the file to be replaced, so that the text never gets more readers. */
  readonly mode: number | undefined;
  /** Open folder that contains the target. */
  readonly confined?: ConfinedTarget;
}

async function opened(file: string, ambient: Ambient, condition: WriteCondition): Promise<Opened> {
  if (isConfined(condition)) {
    const confined = await confinedTarget(file, condition);
    return unnamed({ target: confined.path, mode: confined.mode, confined }, ambient);
  }
  const stray = strayLink(file, ambient.cwd, condition.isOwn);
  if (stray !== undefined) throw new StrayLinkRefusal(stray);
  const target = await realpath(file).catch(() => file);
  const existing = await stat(target).catch(() => undefined);
  if (existing !== undefined && !existing.isFile()) return { handle: await open(target, "w") };
  return unnamed({ target, mode: existing === undefined ? undefined : existing.mode & 0o7777 }, ambient);
}

async function unnamed(place: Place, { catchSignals }: Ambient): Promise<Opened> {
  return catchSignals(async () => {
    const path = besidePath(place.target);
    const handle = await open(path, "wx+", place.mode);
    await rm(path);
    return { handle, place };
  });
}

/** Moves the complete text to its name. */
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

/**
 * Copies through one buffer. A stream would allocate a buffer per chunk, and garbage collection comes late.
 */
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

/** Error for a link to a file elsewhere, which the user may not know about. */
class StrayLinkRefusal extends Error {
  readonly stray: StrayLink;

  constructor(stray: StrayLink) {
    super("the user did not choose the target of a link");
    this.stray = stray;
  }
}

function unwritable(file: string, cause: unknown): UnavailableError | UsageError {
  if (cause instanceof StrayLinkRefusal) return strays(file, cause);
  const folder = dirname(file);
  if (cause instanceof Error && "code" in cause && cause.code === "ENOENT" && !existsSync(folder)) {
    return new UnavailableError(
      "output-folder-missing",
      {
        fr: `${quoted(file)} n'a pas pu être écrit : le répertoire ${quoted(folder)} n'existe pas. Le créer : mkdir -p ${pathWord(folder)}`,
        en: `${quoted(file)} could not be written: the folder ${quoted(folder)} does not exist. Make it: mkdir -p ${pathWord(folder)}`,
      },
      { cause },
    );
  }
  return new WriteFailure(file, cause);
}

function strays(file: string, cause: StrayLinkRefusal): UsageError {
  return new UsageError("output-link", strayLinkText(file, cause.stray), { cause });
}
