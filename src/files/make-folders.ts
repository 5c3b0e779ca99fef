import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** Maximum number of folders created at once; PATH_MAX allows 2,048. */
const MOST = 100;

/**
 * Creates a folder and its missing parents. Node's `recursive` loops forever if a folder exists but accepts
 * no entry (HOME=/proc).
 *
 * @param path absolute path
 * @param mode permissions of created folders, subject to the umask
 * @returns whether a folder was created
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

/** Creates a folder unless another run has created it meanwhile. */
function makeOne(path: string, mode: number): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST" || !isFolder(path)) throw error;
  }
}
