// Rules for a home that is itself a git work tree, as with settings kept in git.

import { existsSync, lstatSync, realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { trackedPaths } from "../../files/git-index.ts";
import { isInside } from "../../files/judged-root.ts";
import { repositoryRoot } from "../../files/repository-root.ts";
import {
  type ContentOptions,
  type FolderOfHome,
  isRepositoryContent,
  type Judging,
} from "./repository-content.ts";

/**
 * Result of isRepositoryContent(), but false for the user's own folders in a home that is a git work tree.
 * The test reads git's index, so it is for caches and data, which are opened late.
 *
 * @param folder absolute path; it need not exist
 */
export function isBroughtByRepository(
  folder: string,
  judging: Judging,
  options: Pick<ContentOptions, "isNamed"> = {},
): boolean {
  return isRepositoryContent(folder, judging, { ...options, isOwnHome });
}

/**
 * Whether the folder cannot come from the work tree of the home, and is not judged: git's index lists neither
 * the folder, nor its content, nor a parent, and none of the judged paths. An index that cannot be read
 * proves nothing; a link within the home proves nothing either.
 *
 * @param judged absolute paths; paths that do not exist are ignored
 */
function isOwnHome({ home, folder, links }: FolderOfHome, judged: readonly string[]): boolean {
  const own = below(home, folder);
  if (own === undefined || own === "" || links.some((link) => below(home, link) !== undefined)) return false;
  if (existsSync(join(home, ".hg")) || existsSync(join(home, ".svn")) || !isOwnGit(home)) return false;
  const tracked = trackedPaths(home);
  if (tracked === undefined) return false;
  const index = [...tracked].map(folded);
  if (index.some((path) => concerns(path, own))) return false;
  return !judged.some((path) => isOfWorkTree(home, path, index));
}

/** Whether `.git` is a folder of this user. */
function isOwnGit(home: string): boolean {
  const stat = lstatSync(join(home, ".git"));
  return stat.isDirectory() && stat.uid === process.getuid?.();
}

/** Whether the home's index lists content of a judged path that is in no other work tree. */
function isOfWorkTree(home: string, path: string, index: readonly string[]): boolean {
  if (!existsSync(path)) return false;
  const real = realpathSync(path);
  const way = below(home, real);
  if (way === undefined || repositoryRoot(real) !== home) return false;
  return index.some((one) => way === "" || concerns(one, way));
}

/** Whether the paths are equal, or one is below the other. */
function concerns(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}

/** Path below the home, as in the index; empty for the home, undefined outside. */
function below(home: string, path: string): string | undefined {
  return isInside(home, path) ? folded(relative(home, path).split(sep).join("/")) : undefined;
}

/**
 * A path as compared by a file system that ignores case: letters of one case, composed, without the
 * characters that HFS+ ignores in names.
 */
function folded(path: string): string {
  return path
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, "");
}
