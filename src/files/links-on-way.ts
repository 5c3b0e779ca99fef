import { lstatSync, realpathSync } from "node:fs";
import { join, parse, relative, sep } from "node:path";
import { isInside, repositoryOf } from "./judged-root.ts";
import { isVersionControl } from "./version-control.ts";

/** Paths of inherited descriptors: `/dev/stdout`, `/proc/self/fd/3`. */
const HANDED_OVER = /^\/(?:dev|proc)(?:\/|$)/;

/** A symbolic link on the way to a file, or the file itself as a link. */
export interface LinkOnWay {
  /** Path of the link, absolute; earlier links in the path are resolved. */
  readonly link: string;
  /** Target, absolute, links resolved; undefined if there is none. */
  readonly target: string | undefined;
  /** Set if the named path itself is the link. */
  readonly isLast: boolean;
  /** Repository that the link came with; undefined if the link is the user's own. */
  readonly repository: string | undefined;
  /** Target of the link if it leaves its repository, or enters a folder of version control there. */
  readonly leads: "outside" | "to-version-control" | undefined;
}

/**
 * Symbolic links on the way to a file, in the order in which the system follows them.
 *
 * @param file absolute path, as the user typed it
 * @param cwd absolute path; its content counts as a repository's even if it is not one
 */
export function* linksOnWay(file: string, cwd: string): Generator<LinkOnWay> {
  const { root } = parse(file);
  const names = file.slice(root.length).split(sep);
  let at = root;
  for (const [index, name] of names.entries()) {
    const path = join(at, name);
    const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
    if (!isLink || HANDED_OVER.test(path)) {
      at = path;
      continue;
    }
    const target = targetOf(path);
    const repository = repositoryWith(at, cwd);
    const leads = repository && target !== undefined ? leadsFrom(repository, target) : undefined;
    yield { link: path, target, isLast: index === names.length - 1, repository, leads };
    if (target === undefined) return;
    at = target;
  }
}

function targetOf(link: string): string | undefined {
  try {
    return realpathSync(link);
  } catch {
    return undefined;
  }
}

/** The repository that a link in this folder came with, or `cwd`. Both paths with links resolved. */
function repositoryWith(folder: string, cwd: string): string | undefined {
  const repository = repositoryOf(folder);
  if (repository !== undefined) return repository;
  const here = targetOf(cwd);
  return here !== undefined && isInside(here, folder) ? here : undefined;
}

function leadsFrom(repository: string, target: string): LinkOnWay["leads"] {
  if (!isInside(repository, target)) return "outside";
  return relative(repository, target).split(sep).some(isVersionControl) ? "to-version-control" : undefined;
}
