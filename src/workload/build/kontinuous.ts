import { dirname, sep } from "node:path";

/**
 * Folder of a repository in which kontinuous, an older tool of the users, keeps charts, values and templates.
 */
export const KONTINUOUS = ".kontinuous";

/**
 * Folder that contains the nearest `.kontinuous` above a path; undefined if there is none.
 *
 * @param path absolute
 */
export function kontinuousOf(path: string): string | undefined {
  const folders = path.split(sep);
  const at = folders.indexOf(KONTINUOUS);
  return at < 0 ? undefined : dirname(folders.slice(0, at + 1).join(sep));
}
