import { randomUUID } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  futimesSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Text } from "../../../contract/text.ts";
import { makeFolders } from "../../../files/make-folders.ts";
import { distrust, isOurs } from "./ownership.ts";

/** Entries used within this time are not marked as used again. */
const DAY_MS = 24 * 3_600 * 1_000;

/** Folder of this cache version below the directory. */
export function layersFolder(directory: string): string {
  return join(directory, "layers");
}

export interface CachedEntry {
  readonly bytes: Uint8Array;
  /**
   * Set if the entry was last used more than a day ago: entries that belong to it must then be marked as
   * used, too.
   */
  readonly isOld: boolean;
}

/**
 * Cached facts of layers and images: one file per entry, one folder per kind. Entries are created atomically
 * (write, then rename), so concurrent runs and kill -9 do no harm. A folder or entry that another user may
 * write to is ignored, since its content is untrusted.
 */
export class CacheFolder {
  /** Reason why the cache is neither read nor written. */
  readonly distrusted: Text | undefined;
  readonly #folder: string;

  constructor(directory: string) {
    this.#folder = layersFolder(directory);
    this.distrusted = distrust(this.#folder);
  }

  /** Content of an entry; undefined if the entry is missing, unreadable or not owned by this user. */
  read(kind: string, name: string): CachedEntry | undefined {
    if (this.distrusted !== undefined) return undefined;
    try {
      return readEntry(this.#fileOf(kind, name));
    } catch {
      return undefined;
    }
  }

  /** Writes an entry. @throws the file system's error */
  write(kind: string, name: string, bytes: Uint8Array): void {
    if (this.distrusted !== undefined) return;
    const file = this.#fileOf(kind, name);
    const temporary = `${file}.${randomUUID()}.tmp`;
    try {
      makeFolders(join(this.#folder, kind), 0o700);
      writeFileSync(temporary, bytes, { mode: 0o600, flag: "wx" });
      renameSync(temporary, file);
    } catch (error) {
      remove(temporary);
      throw error;
    }
  }

  /** Marks an entry as used, since the least recently used are removed first. */
  touch(kind: string, name: string): void {
    const file = this.#fileOf(kind, name);
    const now = Date.now();
    try {
      if (now - statSync(file).mtimeMs > DAY_MS) utimesSync(file, now / 1_000, now / 1_000);
    } catch {
      // The entry was removed meanwhile, or belongs to another user. Its content is usable nevertheless.
    }
  }

  #fileOf(kind: string, name: string): string {
    return join(this.#folder, kind, `${name}.json`);
  }
}

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;

function readEntry(file: string): CachedEntry | undefined {
  const fd = openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile() || !isOurs(stat)) return undefined;
    const bytes = readFileSync(fd);
    const now = Date.now();
    const isOld = now - stat.mtimeMs > DAY_MS;
    if (isOld) markUsed(fd, now / 1_000);
    return { bytes, isOld };
  } finally {
    closeSync(fd);
  }
}

function markUsed(fd: number, seconds: number): void {
  try {
    futimesSync(fd, seconds, seconds);
  } catch {
    // On a read-only file system, the cache is still read.
  }
}

/** Removes a file. If the folder is missing or is a file, there is nothing to remove. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The first error is reported.
  }
}
