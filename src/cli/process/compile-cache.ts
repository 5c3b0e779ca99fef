import { lstatSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { dirname, join } from "node:path";
import { makeFolders } from "../../files/make-folders.ts";
import { cacheDirectory } from "./cache-directory.ts";
import type { Context } from "./context.ts";
import { isRepositoryContent, type Judging } from "./repository-content.ts";

/**
 * Enables Node's compile cache for modules loaded later: the next run starts about 10 ms sooner. The first
 * run only creates the folder, since writing takes 30 ms, which a pipeline never gets back. Cached code is
 * executed, so only this user may have write access to the folder, and the folder must not come from a
 * repository. Otherwise, and without caches (--no-cache), the compile cache stays off.
 */
export function keepCompiledCode(judging: Judging): void {
  const cache = cacheDirectory(judging.env);
  if (cache === undefined || isUnwanted(judging) || isRepositoryContent(cache, judging)) return;
  const folder = join(cache, "code");
  try {
    const isFirst = makeFolders(folder, 0o700);
    if (!isFirst && [dirname(cache), cache, folder].every(isOurs)) enableCompileCache(folder);
  } catch {
    // The cache is optional: errors are ignored.
  }
}

/** Whether caches are switched off; read here, since the command line is parsed by modules loaded later. */
function isUnwanted({ argv, env }: Pick<Context, "argv" | "env">): boolean {
  const variable = (env["DOUANE_NO_CACHE"] ?? "").trim();
  return argv.includes("--no-cache") || !/^(?:|0|false|no)$/i.test(variable);
}

/** Whether only this user may write to the folder; false for a link, whose mode is always 0777. */
function isOurs(folder: string): boolean {
  const { uid, mode } = lstatSync(folder);
  return uid === process.getuid?.() && (mode & 0o022) === 0;
}
