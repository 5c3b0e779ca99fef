import { randomUUID } from "node:crypto";
import {
  closeSync,
  copyFileSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { writing } from "./write-failure.ts";

export interface DraftOptions {
  /** Path of the file in messages; default: its own path. */
  readonly name?: string;
  /** Permissions, subject to the umask. */
  readonly mode?: number;
  /** Path of the unfinished file, in the same file system; default: a hidden file beside the target. */
  readonly draft?: string;
  /** Set if an unfinished file is continued. */
  readonly continues?: true;
}

/**
 * A file that is written under another name, and gets its own name when it is complete and on the disk. After
 * an error or discard() nothing of it remains, and an earlier file of that name is unchanged.
 *
 * Synchronous: its users write while they read, piece by piece, and no write is pending after an error.
 */
export class DraftFile {
  readonly draft: string;
  readonly #target: string;
  readonly #name: string;
  #fd: number | undefined;

  /** @param target absolute path. @throws WriteFailure */
  constructor(
    target: string,
    { name = target, mode = 0o666, draft = besidePath(target), continues }: DraftOptions = {},
  ) {
    [this.draft, this.#target, this.#name] = [draft, target, name];
    this.#fd = this.#tried(() => openSync(draft, continues === true ? "a" : "wx", mode));
  }

  /** @throws WriteFailure, after which the draft is discarded */
  write(bytes: Uint8Array): void {
    this.#tried(() => writeAll(this.#open, bytes));
  }

  /** Ends the file, which keeps the name of its draft. @throws WriteFailure */
  end(): void {
    this.#tried(() => {
      fsyncSync(this.#open);
      this.#close();
    });
  }

  /** Ends the file and gives it its name, in the place of an earlier file. @throws WriteFailure */
  replace(): void {
    this.#tried(() => {
      if (this.#fd !== undefined) this.end();
      renameSync(this.draft, this.#target);
    });
  }

  /**
   * Ends the file and gives it its name, unless something has that name.
   *
   * @returns whether the name was free
   * @throws WriteFailure
   */
  create(): boolean {
    return this.#tried(() => {
      this.end();
      const isNew = linked(this.draft, this.#target);
      removeQuietly(this.draft);
      return isNew;
    });
  }

  /** Closes the draft, which is continued later. */
  suspend(): void {
    this.#tried(() => this.#close());
  }

  /** Removes the draft; has no effect on a file that has its name. */
  discard(): void {
    try {
      this.#close();
    } catch {
      // The content of a file that is removed does not matter.
    }
    removeQuietly(this.draft);
  }

  get #open(): number {
    if (this.#fd === undefined) throw new Error(`${this.draft} is closed`);
    return this.#fd;
  }

  #close(): void {
    const fd = this.#fd;
    // A descriptor is free even if close(2) fails.
    this.#fd = undefined;
    if (fd !== undefined) closeSync(fd);
  }

  #tried<T>(work: () => T): T {
    return writing(this.#name, () => {
      try {
        return work();
      } catch (error) {
        this.discard();
        throw error;
      }
    });
  }
}

/** Writes a file completely, in the place of an earlier one, or not at all. @throws WriteFailure */
export function replaceFile(path: string, bytes: string | Uint8Array, options?: DraftOptions): void {
  const file = new DraftFile(path, options);
  file.write(Buffer.from(bytes as string));
  file.replace();
}

/**
 * Writes a new file completely or not at all.
 *
 * @returns false if something has that name
 * @throws WriteFailure
 */
export function createFile(path: string, bytes: string | Uint8Array, options?: DraftOptions): boolean {
  if (isThere(path)) return false;
  const file = new DraftFile(path, options);
  file.write(Buffer.from(bytes as string));
  return file.create();
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}

/**
 * Writes what arrives to a file, completely or not at all, in the place of an earlier one.
 *
 * @throws WriteFailure, or the error of what arrives
 */
export async function writeStream(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
  options?: DraftOptions,
): Promise<void> {
  const file = new DraftFile(path, options);
  try {
    for await (const piece of bytes) file.write(piece);
    file.replace();
  } catch (error) {
    file.discard();
    throw error;
  }
}

/** Copies a file to a place, completely or not at all, in the place of an earlier one. @throws WriteFailure */
export function replaceByCopy(from: string, path: string, { draft = besidePath(path) } = {}): void {
  writing(path, () => {
    try {
      copyFileSync(from, draft);
      renameSync(draft, path);
    } catch (error) {
      removeQuietly(draft);
      throw error;
    }
  });
}

/** Gives a file a second name; false if something has that name. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    // File systems without hard links (FAT, some network and FUSE file systems) refuse in different ways.
    if (!WITHOUT_LINKS.has(code)) throw error;
    if (isThere(to)) return false;
    renameSync(from, to);
    return true;
  }
}

const WITHOUT_LINKS = new Set(["EPERM", "EOPNOTSUPP", "ENOTSUP", "ENOSYS", "EMLINK"]);

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function besidePath(target: string): string {
  return join(dirname(target), `.${basename(target)}.${randomUUID()}`);
}

/** Removes a file if it exists; the error that made it superfluous is the one to report. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // A read-only or broken file system keeps what it has.
  }
}
