import { lstatSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { LIMITS } from "../contract/limits.ts";
import { type LinkOnWay, linksOnWay } from "./links-on-way.ts";
import { readBytes } from "./read-bytes.ts";

export interface StrayLink {
  /** Path of the link, absolute. */
  readonly link: string;
  /** Target of the link, absolute, links resolved. */
  readonly target: string;
  /** Reason why the target is not written. */
  readonly leads: "outside" | "to-version-control" | "to-other-file";
}

/**
 * First link on the way to a file whose target the user did not choose, since the user named only the link.
 * - A link in a repository must not leave the repository, nor enter a folder of version control.
 * - If a link in a repository, or the file itself as a link, leads to an existing file, douane must have
 *   written that file.
 *
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
  let followed: LinkOnWay | undefined;
  for (const one of linksOnWay(file, cwd)) {
    const { link, target, isLast, repository, leads } = one;
    // A link that leads nowhere yet is replaced, not followed.
    if (target === undefined) return undefined;
    if (leads !== undefined) return { link, target, leads };
    if (repository !== undefined || isLast) followed = one;
  }
  if (followed === undefined) return undefined;
  const target = targetOf(file);
  return isNewOrOwn(target, isOwn) ? undefined : { link: followed.link, target, leads: "to-other-file" };
}

/**
 * Path whose deepest existing folder has its links resolved.
 *
 * @param file absolute
 */
function targetOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return join(targetOf(dirname(file)), basename(file));
  }
}

function isNewOrOwn(path: string, isOwn: (text: string) => boolean): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return true;
  if (stat.isDirectory()) return true;
  const bytes = stat.isFile() ? readBytes(path, { most: LIMITS.jsonBytes }) : undefined;
  return bytes !== undefined && isOwn(Buffer.from(bytes).toString("utf8"));
}
