import { readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LIMITS } from "../../../contract/limits.ts";
import { makeFolders } from "../../../files/make-folders.ts";
import { layersFolder } from "./cache-folder.ts";
import { distrust } from "./ownership.ts";

/** Interval between prunings, and the age at which a temporary file counts as a leftover. */
const PERIOD_MS = 24 * 3_600 * 1_000;

interface CachedFile {
  readonly path: string;
  readonly bytes: number;
  readonly mtimeMs: number;
}

/** Number and size of cached entries; zeros without a cache. */
export function cacheSize(directory: string): { readonly entries: number; readonly bytes: number } {
  const files = list(layersFolder(directory)).filter(({ path }) => path.endsWith(".json"));
  return { entries: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/**
 * Removes entries beyond LIMITS.cacheBytes, least recently used first, and leftovers of killed runs. Runs at
 * most once a day, so the cache may exceed the bound in between. Never fails; concurrent runs are allowed.
 */
export function pruneCache(directory: string, now: number, limit: number = LIMITS.cacheBytes): void {
  const folder = layersFolder(directory);
  const stamp = join(folder, "pruned");
  if (distrust(folder) !== undefined) return;
  try {
    if (now - (statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0) < PERIOD_MS) return;
    makeFolders(folder, 0o700);
    writeFileSync(stamp, "");
    for (const { path } of superfluous(list(folder), now, limit)) rmSync(path, { force: true });
  } catch {
    // An unwritable cache is reported when facts are stored.
  }
}

function superfluous(files: readonly CachedFile[], now: number, limit: number): readonly CachedFile[] {
  let bytes = 0;
  return files
    .toSorted((a, b) => b.mtimeMs - a.mtimeMs)
    .filter((file) => {
      if (!file.path.endsWith(".json")) return now - file.mtimeMs > PERIOD_MS;
      bytes += file.bytes;
      return bytes > limit;
    });
}

/** The files in the folders of all versions. */
function list(folder: string): readonly CachedFile[] {
  return entriesOf(folder)
    .filter((entry) => entry.isDirectory())
    .flatMap((version) =>
      entriesOf(join(folder, version.name)).map(({ name }) => join(folder, version.name, name)),
    )
    .flatMap(found);
}

function found(path: string): readonly CachedFile[] {
  try {
    const { size, mtimeMs } = statSync(path);
    return [{ path, bytes: size, mtimeMs }];
  } catch {
    // The folder was removed meanwhile, or belongs to another user.
    return [];
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
