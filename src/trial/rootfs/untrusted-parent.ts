import { lstat, realpath } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Folder or link above a path in which a user other than root could replace the path; undefined if there is
 * none. A sticky folder (/tmp) is safe.
 *
 * @param path absolute; its end may not exist yet
 */
export async function untrustedParent(path: string): Promise<string | undefined> {
  let above = dirname(path);
  let real: string;
  for (;;) {
    try {
      real = await realpath(above);
      break;
    } catch {
      above = dirname(above);
    }
  }
  // Checks both the path as written, with its links, and the links' targets.
  return (await foreignOn(above)) ?? (await foreignOn(real));
}

async function foreignOn(path: string): Promise<string | undefined> {
  if (await isForeign(path)) return path;
  return path === "/" ? undefined : foreignOn(dirname(path));
}

async function isForeign(path: string): Promise<boolean> {
  const stat = await lstat(path);
  if (stat.uid !== 0) return true;
  return !stat.isSymbolicLink() && (stat.mode & 0o022) !== 0 && (stat.mode & 0o1000) === 0;
}
