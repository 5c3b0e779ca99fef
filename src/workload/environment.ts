import { sep } from "node:path";

/** Folders whose subfolders are environments, in the platform's deployment repositories. */
const PARENTS: ReadonlySet<string> = new Set(["deployment-targets", "apps"]);

/**
 * The environment that a manifest is deployed to, as its folder says: `deployment-targets/<this>/…`
 * (v1), `apps/<app>-<this>/…`, of which the whole name is given (v2).
 *
 * @param path absolute
 */
export function environmentOf(path: string): string | undefined {
  const folders = path.split(sep).slice(0, -1);
  const parent = folders.findLastIndex((folder) => PARENTS.has(folder));
  return parent < 0 ? undefined : folders[parent + 1];
}
