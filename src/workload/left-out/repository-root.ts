import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";

/** The nearest folder that holds a `.git`, from this one on. @param folder absolute */
export function repositoryRoot(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (lstatSync(join(at, ".git"), { throwIfNoEntry: false }) !== undefined) return at;
    if (dirname(at) === at) return undefined;
  }
}
