import { type Dirent, opendirSync } from "node:fs";
import { FileRefusal } from "./file-refusal.ts";

const AT_A_TIME = 256;

/**
 * Entries of a folder, sorted by name.
 *
 * @param most maximum number of entries
 * @throws FileRefusal `too-many-entries`; the file system's error
 */
export function listFolder(path: string, most: number): readonly Dirent[] {
  const directory = opendirSync(path, { bufferSize: AT_A_TIME });
  const entries: Dirent[] = [];
  try {
    for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
      if (entries.length >= most) throw new FileRefusal("too-many-entries");
      entries.push(entry);
    }
  } finally {
    directory.closeSync();
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Names of a folder's entries. */
export function namesIn(path: string, most: number): readonly string[] {
  return listFolder(path, most).map(({ name }) => name);
}
