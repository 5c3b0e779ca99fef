// Files in a directory that a container could write to, and files that its processes hold open.

import { closeSync, constants, lstatSync, openSync, readdirSync, readlinkSync, readSync } from "node:fs";
import { join } from "node:path";

/** A file that was written. */
export interface Written {
  readonly path: string;
  readonly kind: string;
  readonly bytes: number;
  readonly head?: string;
}

/** Mount points, and files that runc writes, some below /etc. */
const OF_RUNTIME = /^\/(?:proc|sys|dev|etc\/(?:hosts|resolv\.conf))(?:\/|$)/;

/** All below, without directories that hold something. */
export function filesBelow(directory: string, shown: string): readonly Written[] {
  const found: Written[] = [];
  walk(directory, "");
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));

  function walk(folder: string, path: string): void {
    for (const name of readdirSync(folder)) {
      const own = `${path}/${name}`;
      const file = join(folder, name);
      const stat = lstatSync(file);
      if (shown === "/" && OF_RUNTIME.test(own)) continue;
      const full = shown === "/" ? own : `${shown}${own}`;
      if (stat.isDirectory()) {
        if (full !== "/etc") found.push({ path: `${full}/`, kind: "directory", bytes: 0 });
        walk(file, own);
      } else if (stat.isFile()) {
        found.push({ path: full, kind: "file", bytes: stat.size, head: headOf(file) });
      } else {
        found.push({ path: full, kind: stat.isCharacterDevice() ? "deleted" : "other", bytes: 0 });
      }
    }
  }
}

/** A directory of many files is shortened to its first hundred. */
export function shortened(files: readonly Written[]): readonly Written[] {
  return files.length <= 100
    ? files
    : [...files.slice(0, 100), { path: `… and ${files.length - 100} more`, kind: "other", bytes: 0 }];
}

/** Reads without changing the access time, by which observe.ts tells which files the application reads. */
function headOf(file: string): string {
  const bytes = Buffer.alloc(160);
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOATIME);
  const length = readSync(descriptor, bytes, 0, bytes.length, 0);
  closeSync(descriptor);
  const head = bytes.subarray(0, length);
  const isText = head.every((byte) => byte >= 32 || byte === 10 || byte === 9 || byte === 13);
  return isText ? head.toString("utf8") : `hex ${head.subarray(0, 24).toString("hex")}`;
}

/** Files open for writing, or without a name any more, by process. */
export function openFiles(processes: readonly number[]): readonly string[] {
  const found = new Set<string>();
  for (const pid of processes) {
    for (const descriptor of namesIn(`/proc/${pid}/fd`)) {
      const target = linkOf(`/proc/${pid}/fd/${descriptor}`);
      if (/^(?:\/(?:dev|proc|sys)\/|pipe:|socket:|anon_inode:|$)/.test(target)) continue;
      if (/memfd:|\(deleted\)/.test(target) || isWritable(pid, descriptor)) found.add(target);
    }
  }
  return [...found].toSorted();
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function isWritable(pid: number, descriptor: string): boolean {
  try {
    const info = `/proc/${pid}/fd/${descriptor}`;
    return (lstatSync(info).mode & 0o200) !== 0;
  } catch {
    return false;
  }
}
