import { dirname, sep } from "node:path";

/** The folder of a repository in which kontinuous, the users' older tool, keeps charts, values and templates. */
export const KONTINUOUS = ".kontinuous";

/** The folder that holds the `.kontinuous` which a path leads into; undefined: it leads into none. @param path absolute */
export function kontinuousOf(path: string): string | undefined {
  const folders = path.split(sep);
  const at = folders.indexOf(KONTINUOUS);
  return at < 0 ? undefined : dirname(folders.slice(0, at + 1).join(sep));
}
