import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** Folders that are made at once; PATH_MAX holds 2,048. */
const MOST = 100;

/**
 * Makes a folder and those above it that are missing. Node's own `recursive` never returns where a folder
 * says that it is there and takes no entry (HOME=/proc).
 *
 * @param path absolute
 * @param mode of the folders that are made, as far as the umask lets it
 * @returns whether one was made
 * @throws the file system's error
 */
export function makeFolders(path: string, mode = 0o777): boolean {
  const missing: string[] = [];
  for (let at = path; missing.length < MOST && !isFolder(at); at = dirname(at)) missing.push(at);
  for (const folder of missing.toReversed()) makeOne(folder, mode);
  return missing.length > 0;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return false;
    throw error;
  }
}

/** Another run may have made it meanwhile. */
function makeOne(path: string, mode: number): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST" || !isFolder(path)) throw error;
  }
}
