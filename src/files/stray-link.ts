import { lstatSync, realpathSync } from "node:fs";
import { join, parse, sep } from "node:path";
import { isInside, repositoryOf } from "./judged-root.ts";

/** Where shells and programs find what was handed over to them: `/dev/stdout`, `/proc/self/fd/3`. */
const HANDED_OVER = /^\/(?:dev|proc)(?:\/|$)/;

export interface StrayLink {
  /** Absolute. */
  readonly link: string;
  /** Absolute, links resolved. */
  readonly target: string;
}

/**
 * The first link on the way to a file that a repository may have brought, and that leads out of it: what
 * the user wrote names the link, not what somebody else let it lead to. A link in the user's own path to
 * the repository, or to their own file elsewhere, is the user's.
 *
 * @param file absolute, as the user named it
 * @param cwd absolute: what lies in it is taken for brought, whether it is a repository or not
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

/** The folder that came with a link in this folder; undefined: the link is the user's own. Both with links resolved. */
function broughtWith(folder: string, cwd: string): string | undefined {
  const repository = repositoryOf(folder);
  if (repository !== undefined) return repository;
  const here = targetOf(cwd);
  return here !== undefined && isInside(here, folder) ? here : undefined;
}
