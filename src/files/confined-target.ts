import { constants, type Stats } from "node:fs";
import { type FileHandle, lstat, open } from "node:fs/promises";
import { basename } from "node:path";
import { LIMITS } from "../contract/limits.ts";
import { openConfinedFolder } from "./confined-folder.ts";
import { WriteRefusal } from "./write-refusal.ts";

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK, O_NOCTTY } = constants;

/** Folder and condition for writing a file whose name a repository chose. */
export interface Confinement {
  /** Folder, absolute, that must contain the file. */
  readonly root: string;
  /** Whether a file with this text may be overwritten, because douane wrote or corrected it. */
  readonly isOwn: (text: string) => boolean;
  /** Set if a file with several names (hard links) may be overwritten; the other names keep the old text. */
  readonly hardLinks?: true;
}

export interface ConfinedTarget {
  /** Path of the file, through its open folder. */
  readonly path: string;
  /** Permissions of the file that will be replaced; undefined if there is none. */
  readonly mode: number | undefined;
  close(): Promise<void>;
}

/**
 * Opens the target for a file that is new or that douane wrote before. douane recognises its file by the
 * text, so that a report from another machine or container can be replaced. A repository can fake such a
 * text, but then only its own file is overwritten.
 *
 * @param file absolute path
 * @returns a target, to be closed by the caller
 * @throws WriteRefusal, or the file system's error
 */
export async function confinedTarget(
  file: string,
  { root, ...condition }: Confinement,
): Promise<ConfinedTarget> {
  const folder = await openConfinedFolder(root, file);
  try {
    const path = folder.pathOf(basename(file));
    return { path, mode: await modeOfOwn(path, condition), close: () => folder.close() };
  } catch (error) {
    await folder.close();
    throw error;
  }
}

async function modeOfOwn(
  path: string,
  { isOwn, hardLinks }: Omit<Confinement, "root">,
): Promise<number | undefined> {
  const named = await lstat(path).catch(unlessMissing);
  if (named === undefined) return undefined;
  assertPlain(named, hardLinks);
  const handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  try {
    const stat = await handle.stat();
    assertPlain(stat, hardLinks);
    if (stat.size > LIMITS.jsonBytes || !isOwn(await textOf(handle, stat.size)))
      throw new WriteRefusal("not-ours");
    return stat.mode & 0o777;
  } finally {
    await handle.close();
  }
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

function assertPlain(stat: Stats, hardLinks = false): void {
  if (stat.isSymbolicLink()) throw new WriteRefusal("link");
  if (!stat.isFile()) throw new WriteRefusal("not-regular");
  if (stat.nlink > 1 && !hardLinks) throw new WriteRefusal("hard-linked");
}

/** The first `size` bytes of a file, which may be growing. */
async function textOf(handle: FileHandle, size: number): Promise<string> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(size), 0, size, 0);
  return buffer.toString("utf8", 0, bytesRead);
}
