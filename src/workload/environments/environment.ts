import { sep } from "node:path";

/** Folders whose subfolders are environments, in the platform's deployment repositories. */
const PARENTS: ReadonlySet<string> = new Set(["deployment-targets", "apps"]);

/**
 * Environment of a manifest by its folder: the folder's name after `deployment-targets/` (v1); for
 * `apps/<app>-<environment>/…`, the whole name `<app>-<environment>` (v2).
 *
 * @param path absolute path
 */
export function environmentOf(path: string): string | undefined {
  const folders = path.split(sep).slice(0, -1);
  const parent = folders.findLastIndex((folder) => PARENTS.has(folder));
  return parent < 0 ? undefined : folders[parent + 1];
}
