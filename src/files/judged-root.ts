import { lstatSync, realpathSync, type Stats } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";

/**
 * The folder that files of a judged folder must lie in, links resolved: that of its repository, since
 * overlays share a base there; without one, the folder itself. A `.git` above counts only where the
 * owner of the folder, root or this user made it: whoever may write to `/tmp` must not widen the bound.
 *
 * @param folder absolute
 * @throws the file system's error, for a folder that is not there
 */
export function judgedRoot(folder: string): string {
  const real = realpathSync(folder);
  return repositoryOf(real) ?? real;
}

/**
 * The repository that a folder lies in, as judgedRoot() finds it.
 *
 * @param real absolute, links resolved
 */
export function repositoryOf(real: string): string | undefined {
  const owners = [0, process.geteuid?.(), lstatSync(real).uid];
  for (let at = real; ; at = dirname(at)) {
    const git = statOf(join(at, ".git"));
    if (git !== undefined && owners.includes(git.uid)) return at;
    if (dirname(at) === at) return undefined;
  }
}

/** Whether a path is the folder or lies below it. Both absolute, links resolved. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function statOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}
