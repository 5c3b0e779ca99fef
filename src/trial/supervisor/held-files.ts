import { closeSync, constants, fstatSync, openSync } from "node:fs";
import { mayBeState } from "../../contract/passing-path.ts";
import { diskPath } from "../rootfs/disk-path.ts";
import type { Tree, TreeEntry } from "./tree.ts";

/** Files of one directory; those beyond are compared by their names alone. */
const MOST = 500;
/** Times are those of the last tick, of 100 a second at the slowest. */
const TICK_NS = 10_000_000n;
/** Neither reads what it opens nor waits for it; Node has no name for it. */
const O_PATH = 0o10_000_000;

/** A file that the phase before had left and this one read. */
export interface Reread {
  readonly path: string;
  readonly bytes: number;
  readonly changed?: true;
  readonly unordered?: true;
}

/**
 * The files of a directory as a phase left them. Each is held by its inode, so that its access time
 * can be asked for after it was replaced (written beside, then renamed) or removed.
 */
export class HeldFiles {
  readonly #left: Tree;
  readonly #descriptors = new Map<string, number>();

  /** No process may write to the directory meanwhile. */
  constructor(directory: string, left: Tree) {
    this.#left = left;
    const files = [...left.entries].filter(([path, entry]) => isFilled(entry) && mayBeState(path));
    for (const [path] of files.slice(0, MOST)) {
      const descriptor = open(diskPath(directory, path));
      if (descriptor !== undefined) this.#descriptors.set(path, descriptor);
    }
  }

  /**
   * The files that were read since, before anything was written to them or, as far as their times
   * tell, at some time.
   *
   * @param after what is there now
   */
  rereadIn(after: Tree): readonly Reread[] {
    return [...this.#left.entries].flatMap(([path, old]) => {
      if (!isFilled(old)) return [];
      const now = after.entries.get(path);
      const isSame = now?.type === "file" && now.ino === old.ino;
      const { readAt, writtenAt } = isSame ? now : this.#timesOf(path, old);
      if (readAt <= old.readAt) return [];
      const isWritten = !isSame || writtenAt !== old.writtenAt;
      const bytes = now?.type === "file" ? now.bytes : old.bytes;
      if (!isWritten) return [{ path, bytes }];
      const isOpen = writtenAt !== old.writtenAt && readAt > writtenAt - TICK_NS;
      return [{ path, bytes, changed: true, ...(isOpen ? { unordered: true } : {}) }];
    });
  }

  release(): void {
    for (const descriptor of this.#descriptors.values()) closeSync(descriptor);
    this.#descriptors.clear();
  }

  /** Those of a file that has lost its name; as it was left when nobody held it. */
  #timesOf(path: string, old: TreeEntry): Pick<TreeEntry, "readAt" | "writtenAt"> {
    const descriptor = this.#descriptors.get(path);
    if (descriptor === undefined) return old;
    const { atimeNs, mtimeNs } = fstatSync(descriptor, { bigint: true });
    return { readAt: atimeNs, writtenAt: mtimeNs };
  }
}

function isFilled({ type, bytes }: TreeEntry): boolean {
  return type === "file" && bytes > 0;
}

function open(path: string | Buffer): number | undefined {
  try {
    return openSync(path, O_PATH | constants.O_NOFOLLOW);
  } catch {
    return undefined;
  }
}
