import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Nearest folder with a `.git`: this folder or a parent.
 *
 * @param folder absolute
 */
export function repositoryRoot(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (lstatSync(join(at, ".git"), { throwIfNoEntry: false }) !== undefined) return at;
    if (dirname(at) === at) return undefined;
  }
}
