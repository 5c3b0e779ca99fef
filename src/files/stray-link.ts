import { lstatSync, realpathSync } from "node:fs";
import { join, parse, relative, sep } from "node:path";
import { LIMITS } from "../contract/limits.ts";
import { isInside, repositoryOf } from "./judged-root.ts";
import { readBytes } from "./read-bytes.ts";
import { isVersionControl } from "./version-control.ts";

/** Paths of inherited descriptors: `/dev/stdout`, `/proc/self/fd/3`. */
const HANDED_OVER = /^\/(?:dev|proc)(?:\/|$)/;

export interface StrayLink {
  /** Path of the link, absolute. */
  readonly link: string;
  /** Target of the link, absolute, links resolved. */
  readonly target: string;
  /** Reason why the target is not written. */
  readonly leads: "outside" | "to-version-control" | "to-other-file";
}

/**
 * First link, on the way to a file, whose target the user did not choose. The user named the link only:
 * - a link in a repository must not lead out of it, nor into a folder of version control;
 * - if a link in a repository, or the file itself as a link, leads to an existing file, douane must have
 *   written that file.
 * Links on the user's own path to the repository are allowed.
 *
 * @param file absolute path, as the user typed it
 * @param cwd absolute path; its content counts as a repository's even if it is not one
 * @param isOwn whether douane wrote a file with this text
 */
export function strayLink(
  file: string,
  cwd: string,
  isOwn: (text: string) => boolean,
): StrayLink | undefined {
  const { root } = parse(file);
  const names = file.slice(root.length).split(sep);
  let at = root;
  let followed: string | undefined;
  for (const [index, name] of names.entries()) {
    const path = join(at, name);
    if (lstatSync(path, QUIETLY)?.isSymbolicLink() === true && !HANDED_OVER.test(path)) {
      const target = targetOf(path);
      // A link that leads nowhere yet is replaced, not followed.
      if (target === undefined) return undefined;
      const within = broughtWith(at, cwd);
      const leads = within === undefined ? undefined : strayFrom(within, target);
      if (leads !== undefined) return { link: path, target, leads };
      if (within !== undefined || index === names.length - 1) followed = path;
      at = target;
    } else at = path;
  }
  if (followed === undefined || isNewOrOwn(at, isOwn)) return undefined;
  return { link: followed, target: at, leads: "to-other-file" };
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

function strayFrom(repository: string, target: string): StrayLink["leads"] | undefined {
  if (!isInside(repository, target)) return "outside";
  return relative(repository, target).split(sep).some(isVersionControl) ? "to-version-control" : undefined;
}

function isNewOrOwn(path: string, isOwn: (text: string) => boolean): boolean {
  const stat = lstatSync(path, QUIETLY);
  if (stat === undefined) return true;
  if (stat.isDirectory()) return true;
  const bytes = stat.isFile() ? readBytes(path, { most: LIMITS.jsonBytes }) : undefined;
  return bytes !== undefined && isOwn(Buffer.from(bytes).toString("utf8"));
}
