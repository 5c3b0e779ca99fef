import { type BigIntStats, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { LIMITS } from "../../contract/limits.ts";
import type { WriteEvent } from "../../contract/trial-events.ts";
import { decodeName } from "../../files/names.ts";
import { diskPath } from "../rootfs/disk-path.ts";

export interface TreeEntry {
  readonly type: WriteEvent["type"] | "whiteout";
  readonly bytes: number;
  readonly uid: number;
  /** Permissions and owners: `644 10001:10001`. */
  readonly access: string;
  /** Text that differs if content, owner or permissions differ. */
  readonly version: string;
  readonly ino: bigint;
  /** Access and modification times; exact only on volumes mounted with strictatime. */
  readonly readAt: bigint;
  readonly writtenAt: bigint;
}

export interface FileSnapshot {
  /** Entries by path from `/`, parents before children. */
  readonly entries: ReadonlyMap<string, TreeEntry>;
  /**
   * Set if entries are missing: beyond LIMITS.trialWalkEntries or trialWalkCharacters, or below a path that
   * is too long.
   */
  readonly cut: boolean;
  /** Time of the last change of names in the folder itself; absent if not read. */
  readonly touched?: bigint;
  /** The same time, also kept where `touched` is of no use. */
  readonly changed?: bigint | undefined;
  /** Time at which the folder's names were last listed. */
  readonly listed?: bigint | undefined;
}

export const EMPTY_SNAPSHOT: FileSnapshot = { entries: new Map(), cut: false };

/**
 * Content of a folder that a container wrote to, without following links. No process of the container may run
 * meanwhile, since it could replace a folder by a link.
 */
export function readSnapshot(directory: string, most: number = LIMITS.trialWalkEntries): FileSnapshot {
  const entries = new Map<string, TreeEntry>();
  const waiting = ["/"];
  const { mtimeNs: touched, atimeNs: listed } = lstatSync(directory, { bigint: true });
  let cut = false;
  let characters = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const name of namesIn(directory, next)) {
      const path = join(next, name);
      characters += path.length;
      if (entries.size >= most || characters > LIMITS.trialWalkCharacters) {
        return { entries, cut: true, touched, listed };
      }
      const entry = look(directory, path);
      if (entry === undefined) cut = true;
      else entries.set(path, entry);
      if (entry?.type === "directory") waiting.push(path);
    }
  }
  return { entries, cut, touched, listed };
}

/**
 * Names in a folder, sorted, so that reports do not depend on the file system. Names are bytes, since some
 * are not valid text.
 */
function namesIn(directory: string, path: string): readonly string[] {
  return readdirSync(diskPath(directory, path), "buffer")
    .map((name) => decodeName(name))
    .sort();
}

/**
 * An entry; undefined if its path is longer than system calls accept. A program can create such a path by
 * changing directory step by step.
 */
function look(directory: string, path: string): TreeEntry | undefined {
  try {
    return entryOf(lstatSync(diskPath(directory, path), { bigint: true }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENAMETOOLONG") return undefined;
    throw error;
  }
}

function entryOf(stat: BigIntStats): TreeEntry {
  const { mode, uid, gid, ctimeNs, atimeNs, mtimeNs, ino, size } = stat;
  return {
    type: typeOf(stat),
    bytes: stat.isFile() ? Number(size) : 0,
    uid: Number(uid),
    access: `${(Number(mode) & 0o7777).toString(8)} ${uid}:${gid}`,
    version: [mode, uid, gid, ino, stat.isDirectory() ? mtimeNs : ctimeNs].join(" "),
    ino,
    readAt: atimeNs,
    writtenAt: mtimeNs,
  };
}

function typeOf(stat: BigIntStats): TreeEntry["type"] {
  if (stat.isFile()) return "file";
  if (stat.isDirectory()) return "directory";
  if (stat.isSymbolicLink()) return "symlink";
  return stat.isCharacterDevice() && stat.rdev === 0n ? "whiteout" : "other";
}
