import { constants } from "node:fs";
import { type FileHandle, lstat, mkdir, open, realpath } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { isInside } from "./judged-root.ts";
import { WriteRefusal } from "./write-refusal.ts";

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
const FOLDER = O_RDONLY | O_DIRECTORY | O_NOFOLLOW;

/** A folder that stays the same one whatever becomes of its name. */
export interface ConfinedFolder {
  /** Of an entry, by the open folder where the system can (openat(2) is not in Node). */
  pathOf(name: string): string;
  close(): Promise<void>;
}

/**
 * The folder of a file that a repository names, each folder on the way opened from the one before, no
 * link followed. What lies in `.git`, or in a folder that git would take for its own, is refused: a hook
 * or a setting there is run.
 *
 * @param root absolute: the settings' folder, links of which are the user's
 * @param file absolute
 * @param make makes the folders that are missing
 * @throws WriteRefusal; the file system's error
 */
export async function openConfinedFolder(root: string, file: string, make = false): Promise<ConfinedFolder> {
  const names = namesBelow(root, file);
  let path = await realpath(root);
  let handle = await open(path, FOLDER);
  try {
    for (const name of names) {
      const entry = entryPath(handle, path, name);
      if (make) await makeOne(entry);
      const next = await openFolder(entry);
      await handle.close();
      [handle, path] = [next, join(path, name)];
      if (await isGitFolder(handle, path)) throw new WriteRefusal("git");
    }
  } catch (error) {
    await handle.close().catch(() => {});
    throw error;
  }
  return { pathOf: (name) => entryPath(handle, path, name), close: () => handle.close() };
}

/** Names of the folders between the root and the file. */
function namesBelow(root: string, file: string): readonly string[] {
  if (file === root || !isInside(root, file)) throw new WriteRefusal("outside");
  const names = relative(root, file).split(sep);
  if (names.some((name) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name))) throw new WriteRefusal("odd-name");
  if (names.some(isGitName)) throw new WriteRefusal("git");
  return names.slice(0, -1);
}

/** Also as other file systems read it: without case, trailing dots and blanks, streams, or by its short name. */
function isGitName(name: string): boolean {
  return /^(?:\.git|git~\d+)[. ]*(?::.*)?$/i.test(name.normalize("NFKC"));
}

async function openFolder(path: string): Promise<FileHandle> {
  try {
    return await open(path, FOLDER);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ELOOP") throw new WriteRefusal("link");
    if (code === "ENOTDIR")
      throw new WriteRefusal((await lstat(path)).isSymbolicLink() ? "link" : "not-regular");
    throw error;
  }
}

async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** As git tells one (is_git_directory() of its setup.c). */
async function isGitFolder(handle: FileHandle, path: string): Promise<boolean> {
  for (const name of ["HEAD", "objects", "refs"]) {
    const stat = await lstat(entryPath(handle, path, name)).catch(() => undefined);
    if (stat === undefined) return false;
  }
  return true;
}

function entryPath({ fd }: FileHandle, path: string, name: string): string {
  return process.platform === "linux" ? `/proc/self/fd/${fd}/${name}` : join(path, name);
}
