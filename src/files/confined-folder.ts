import { constants } from "node:fs";
import { type FileHandle, lstat, mkdir, open, realpath } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { isInside } from "./judged-root.ts";
import { isVersionControl } from "./version-control.ts";
import { WriteRefusal } from "./write-refusal.ts";

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
const FOLDER = O_RDONLY | O_DIRECTORY | O_NOFOLLOW;

/** Open folder, which stays the same even if another folder takes its name. */
export interface ConfinedFolder {
  /** Path of an entry, through the open folder where the system allows (Node has no openat(2)). */
  pathOf(name: string): string;
  close(): Promise<void>;
}

/**
 * Opens the folder of a file named by a repository: each folder from its parent, without following links.
 * Refuses `.git` and folders that git would treat as a repository, because git executes hooks and settings in
 * them.
 *
 * @param root absolute path of the settings' folder; links in this path belong to the user
 * @param file absolute path
 * @param make creates missing folders
 * @throws WriteRefusal, or the file system's error
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
  if (names.some(isVersionControl)) throw new WriteRefusal("git");
  return names.slice(0, -1);
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

/** Whether git takes the folder for a repository (is_git_directory() in its setup.c). */
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
