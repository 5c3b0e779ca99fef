import { lstatSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { dirname, join } from "node:path";
import { makeFolders } from "../../files/make-folders.ts";
import { cacheDirectory } from "./cache-directory.ts";
import type { Context } from "./context.ts";

/**
 * Lets Node keep the compiled code of what is loaded from now on: the next run starts some 10 ms
 * sooner. The first run only makes the folder: in a pipeline there is no next one, and keeping takes
 * 30 ms. What lies there will be run, so it must be where this user alone can write. Where that is
 * not so, or nothing can be written, douane starts as it would without.
 */
export function keepCompiledCode(env: Context["env"]): void {
  const cache = cacheDirectory(env);
  if (cache === undefined) return;
  const folder = join(cache, "code");
  try {
    const isFirst = makeFolders(folder, 0o700);
    if (!isFirst && [dirname(cache), cache, folder].every(isOurs)) enableCompileCache(folder);
  } catch {
    // It is a saving, not a need.
  }
}

/** A link is nobody's: its mode is 0777. */
function isOurs(folder: string): boolean {
  const { uid, mode } = lstatSync(folder);
  return uid === process.getuid?.() && (mode & 0o022) === 0;
}
