import { readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LIMITS } from "../../../contract/limits.ts";
import { makeFolders } from "../../../files/make-folders.ts";
import { layersFolder } from "./cache-folder.ts";
import { distrust } from "./ownership.ts";

/** How often the cache is looked through, and the age at which a temporary file is a leftover. */
const PERIOD_MS = 24 * 3_600 * 1_000;

interface CachedFile {
  readonly path: string;
  readonly bytes: number;
  readonly mtimeMs: number;
}

/** What the cache of layers and images holds; zeros when there is none. */
export function cacheSize(directory: string): { readonly entries: number; readonly bytes: number } {
  const files = list(layersFolder(directory)).filter(({ path }) => path.endsWith(".json"));
  return { entries: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/**
 * Removes what is beyond LIMITS.cacheBytes, the longest unused first, and leftovers of killed runs.
 * At most once a day: between, the cache may grow beyond. Never fails; another run may prune, too.
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
    // An unwritable cache is reported by whoever stores into it.
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
    // Removed meanwhile, or not ours to look at.
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
