import { closeSync, constants, fstatSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { decodeName } from "../../files/names.ts";
import { diskPath } from "../rootfs/disk-path.ts";

/** Maximum number of entries of one directory tree that are visited while a container writes to it. */
const MOST_ENTRIES = 2_000;
/** Flag of open(2) that neither reads nor blocks; Node has no constant for it. */
const O_PATH = 0o10_000_000;
const [NO_LINK, DIRECTORY] = [O_PATH | constants.O_NOFOLLOW, constants.O_RDONLY | constants.O_DIRECTORY];
const FILE = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOATIME;

/**
 * Visits the regular files below a directory while a container writes to it. Every step starts from an open
 * descriptor, so that a link put in place of a directory cannot lead out of the directory.
 *
 * @param visit receives a readable descriptor, and the path from `/`
 * @returns whether all files were visited
 */
export function visitLiveFiles(
  directory: string,
  visit: (descriptor: number, path: string) => void,
): boolean {
  let left = MOST_ENTRIES;
  return walk(openSync(directory, DIRECTORY), "/");

  function walk(at: number, path: string): boolean {
    try {
      for (const name of readdirSync(`/proc/self/fd/${at}`, "buffer")) {
        left -= 1;
        if (left < 0) return false;
        if (!step(at, join(path, decodeName(name)), `/${decodeName(name)}`)) return false;
      }
      return true;
    } catch {
      // The entry was removed meanwhile.
      return true;
    } finally {
      closeSync(at);
    }
  }

  function step(at: number, path: string, name: string): boolean {
    const entry = open(diskPath(`/proc/self/fd/${at}`, name), NO_LINK);
    if (entry === undefined) return true;
    try {
      const stat = fstatSync(entry);
      const self = `/proc/self/fd/${entry}`;
      if (stat.isDirectory()) {
        const below = open(self, DIRECTORY);
        return below === undefined || walk(below, path);
      }
      const file = stat.isFile() ? open(self, FILE) : undefined;
      if (file === undefined) return true;
      visit(file, path);
      closeSync(file);
      return true;
    } finally {
      closeSync(entry);
    }
  }
}

function open(path: string | Buffer, flags: number): number | undefined {
  try {
    return openSync(path, flags);
  } catch {
    return undefined;
  }
}
