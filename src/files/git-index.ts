import { lstatSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { LIMITS } from "../contract/limits.ts";
import { readBytes } from "./read-bytes.ts";

const SIGNATURE = "DIRC";
/** Bytes of an entry before its name: ten numbers, the object's SHA-1, flags. */
const FIXED = 62;
const EXTENDED = 0x4000;
const LONG_NAME = 0xfff;

/**
 * Paths tracked by git, which ignore files do not affect, from git's index
 * (https://git-scm.com/docs/index-format, versions 2 to 4).
 *
 * @param root root of the repository, absolute
 * @returns undefined if unknown (another format, a split or sparse index, too large)
 */
export function trackedPaths(root: string): ReadonlySet<string> | undefined {
  const folder = gitFolder(root);
  if (folder === undefined) return undefined;
  const file = join(folder, "index");
  // There is no index, so nothing was ever added.
  if (lstatSync(file, { throwIfNoEntry: false }) === undefined) return new Set();
  try {
    const bytes = readBytes(file, { most: LIMITS.jsonBytes });
    return bytes === undefined ? undefined : pathsIn(Buffer.from(bytes));
  } catch {
    return undefined;
  }
}

/** Maximum number of bytes read of a `.git` file. */
const GIT_FILE_BYTES = 8 * 1024;

/**
 * Git folder of the repository: `.git`, or the target of a file of that name (a worktree, a submodule). The
 * target may be outside the judged folder, so links are followed; only indexed paths that exist here are
 * used.
 */
function gitFolder(root: string): string | undefined {
  const path = join(root, ".git");
  try {
    if (statSync(path).isDirectory()) return path;
    const bytes = readBytes(path, { most: GIT_FILE_BYTES }) ?? [];
    const [, target] = /^gitdir: ([^\n]{1,4096})/.exec(Buffer.from(bytes).toString()) ?? [];
    return target === undefined ? undefined : resolve(root, target);
  } catch {
    return undefined;
  }
}

function pathsIn(bytes: Buffer): ReadonlySet<string> | undefined {
  const version = bytes.readUInt32BE(4);
  if (bytes.toString("latin1", 0, 4) !== SIGNATURE || version < 2 || version > 4) return undefined;
  const paths = new Set<string>();
  let at = 12;
  let before = "";
  let total = 0;
  for (let left = bytes.readUInt32BE(8); left > 0; left -= 1) {
    const flags = bytes.readUInt16BE(at + FIXED - 2);
    const start = at + FIXED + ((flags & EXTENDED) === 0 ? 0 : 2);
    const name = version === 4 ? shortened(bytes, start, before) : whole(bytes, start, at);
    const length = flags & LONG_NAME;
    // A length mismatch means another format of the index, such as SHA-256.
    if (length !== LONG_NAME && Buffer.byteLength(name.path) !== length) return undefined;
    // Version 4 abbreviates names by the previous one, so the total length is bounded.
    total += name.path.length;
    if (name.path.length > LIMITS.pathBytes || total > LIMITS.pathBytesPerImage) return undefined;
    paths.add(name.path);
    before = name.path;
    at = name.end;
  }
  return isWhole(bytes, at) ? paths : undefined;
}

interface Name {
  readonly path: string;
  readonly end: number;
}

/** Name that ends in a NUL, with padding to eight bytes. */
function whole(bytes: Buffer, start: number, entry: number): Name {
  const end = terminator(bytes, start);
  return { path: bytes.toString("utf8", start, end), end: entry + (((end - entry) >> 3) + 1) * 8 };
}

/**
 * Name in version 4: a prefix of the previous name, of which a number of bytes is removed, then a new suffix.
 */
function shortened(bytes: Buffer, start: number, before: string): Name {
  let at = start;
  let byte = bytes.readUInt8(at);
  let cut = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    at += 1;
    byte = bytes.readUInt8(at);
    cut = ((cut + 1) << 7) | (byte & 0x7f);
  }
  const end = terminator(bytes, at + 1);
  const kept = Buffer.from(before);
  const path = `${kept.toString("utf8", 0, kept.length - cut)}${bytes.toString("utf8", at + 1, end)}`;
  return { path, end: end + 1 };
}

function terminator(bytes: Buffer, start: number): number {
  const end = bytes.indexOf(0, start);
  if (end < 0) throw new RangeError("a name without an end");
  return end;
}

/** Whether no extension declares a split or sparse index. */
function isWhole(bytes: Buffer, start: number): boolean {
  for (let at = start; at + 8 <= bytes.length - 20; at += 8 + bytes.readUInt32BE(at + 4)) {
    const name = bytes.toString("latin1", at, at + 4);
    if (name === "link" || name === "sdir") return false;
  }
  return true;
}
