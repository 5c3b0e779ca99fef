import { lstatSync, realpathSync } from "node:fs";
import { join, parse, sep } from "node:path";
import { isInside, repositoryOf } from "./judged-root.ts";

/** Paths of inherited descriptors: `/dev/stdout`, `/proc/self/fd/3`. */
const HANDED_OVER = /^\/(?:dev|proc)(?:\/|$)/;

export interface StrayLink {
  /** Path of the link, absolute. */
  readonly link: string;
  /** Target of the link, absolute, links resolved. */
  readonly target: string;
}

/**
 * First link, on the way to a file in a repository, that leads out of the repository. The user named the
 * link, without choosing its target. Links on the user's own path to the repository, or to a file elsewhere,
 * are allowed.
 *
 * @param file absolute path, as the user typed it
 * @param cwd absolute path; its content counts as a repository's even if it is not one
 */
export function strayLink(file: string, cwd: string): StrayLink | undefined {
  const { root } = parse(file);
  const names = file.slice(root.length).split(sep);
  let at = root;
  for (const name of names) {
    const path = join(at, name);
    if (lstatSync(path, QUIETLY)?.isSymbolicLink() === true && !HANDED_OVER.test(path)) {
      const target = targetOf(path);
      const within = broughtWith(at, cwd);
      // A link that leads nowhere yet is replaced, not followed.
      if (target !== undefined && within !== undefined && !isInside(within, target))
        return { link: path, target };
      if (target === undefined) return undefined;
      at = target;
    } else at = path;
  }
  return undefined;
}

const QUIETLY = { throwIfNoEntry: false } as const;

function targetOf(link: string): string | undefined {
  try {
    return realpathSync(link);
  } catch {
    return undefined;
  }
}

/**
 * The repository that a link in this folder came with; undefined if the link is the user's own. Both paths
 * with links resolved.
 */
function broughtWith(folder: string, cwd: string): string | undefined {
  const repository = repositoryOf(folder);
  if (repository !== undefined) return repository;
  const here = targetOf(cwd);
  return here !== undefined && isInside(here, folder) ? here : undefined;
}
