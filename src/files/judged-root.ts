import { lstatSync, realpathSync, type Stats } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";

/**
 * Root folder that contains all files of a judged folder, with links resolved: its repository, since overlays
 * share a base there; without a repository, the folder itself. A `.git` in a parent folder counts only if the
 * folder's owner, root or this user created it: otherwise a user who may write to `/tmp` could widen the
 * root.
 *
 * @param folder absolute path
 * @throws the file system's error if the folder does not exist
 */
export function judgedRoot(folder: string): string {
  const real = realpathSync(folder);
  return repositoryOf(real) ?? real;
}

/**
 * Repository of a folder, by the rule of judgedRoot().
 *
 * @param real absolute path with links resolved
 */
export function repositoryOf(real: string): string | undefined {
  const owners = [0, process.geteuid?.(), lstatSync(real).uid];
  for (let at = real; ; at = dirname(at)) {
    const git = statOf(join(at, ".git"));
    if (git !== undefined && owners.includes(git.uid)) return at;
    if (dirname(at) === at) return undefined;
  }
}

/** Whether a path is the folder itself or below it. Both are absolute, with links resolved. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function statOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}
