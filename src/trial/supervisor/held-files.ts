import { closeSync, constants, fstatSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { mayBeState } from "../../contract/passing-path.ts";
import { diskPath } from "../rootfs/disk-path.ts";
import type { Tree, TreeEntry } from "./tree.ts";

/** Files of one directory; those beyond are compared by their names alone. */
const MOST = 500;
/** Directories of one volume that are told to have been listed. */
const MOST_LISTED = 100;
/** Times are those of the last tick, of 100 a second at the slowest. */
const TICK_NS = 10_000_000n;
/** Neither reads what it opens nor waits for it; Node has no name for it. */
const O_PATH = 0o10_000_000;

/** What the phase before had left and this one read. */
export interface Reread {
  readonly path: string;
  /** A link that was followed or read, a directory whose names were listed; absent: a file. */
  readonly type?: "symlink" | "directory";
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
    const files = [...left.entries].filter(([path, entry]) => holdsText(entry) && mayBeState(path));
    for (const [path] of files.slice(0, MOST)) {
      const descriptor = open(diskPath(directory, path));
      if (descriptor !== undefined) this.#descriptors.set(path, descriptor);
    }
  }

  /**
   * The files and links that were read since, before anything was written to them or, as far as their
   * times tell, at some time.
   *
   * @param after what is there now
   */
  rereadIn(after: Tree): readonly Reread[] {
    return [...this.#left.entries].flatMap(([path, old]): readonly Reread[] => {
      if (!holdsText(old)) return [];
      const now = after.entries.get(path);
      const isSame = now?.type === old.type && now.ino === old.ino;
      const { readAt, writtenAt } = isSame ? now : this.#timesOf(path, old);
      if (readAt <= old.readAt) return [];
      const isWritten = !isSame || writtenAt !== old.writtenAt;
      const bytes = now?.type === "file" ? now.bytes : old.bytes;
      const read = { path, bytes, ...(old.type === "symlink" ? { type: old.type } : {}) };
      if (!isWritten) return [read];
      const isOpen = writtenAt !== old.writtenAt && readAt > writtenAt - TICK_NS;
      return [{ ...read, changed: true, ...(isOpen ? { unordered: true } : {}) }];
    });
  }

  /**
   * The directories whose names were listed since, of those in which the phase before had left a name
   * that is still there. Whoever makes or looks for one name lists none.
   *
   * @param after what is there now
   */
  listedIn(after: Tree): readonly Reread[] {
    const lasting = [...this.#left.entries].filter(([path, { type, ino }]) => {
      return type !== "whiteout" && after.entries.get(path)?.ino === ino;
    });
    const parents = new Set(lasting.map(([path]) => dirname(path)));
    const isListed = (path: string): boolean => {
      if (path === "/") return isLater(after.listed, this.#left.listed);
      return isLater(after.entries.get(path)?.readAt, this.#left.entries.get(path)?.readAt);
    };
    const listed = [...parents].filter(isListed).slice(0, MOST_LISTED);
    return listed.map((path) => ({ path, type: "directory", bytes: 0 }));
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

/** A link holds where it leads. */
function holdsText({ type, bytes }: TreeEntry): boolean {
  return type === "symlink" || (type === "file" && bytes > 0);
}

function isLater(time: bigint | undefined, before: bigint | undefined): boolean {
  return time !== undefined && before !== undefined && time > before;
}

function open(path: string | Buffer): number | undefined {
  try {
    return openSync(path, O_PATH | constants.O_NOFOLLOW);
  } catch {
    return undefined;
  }
}
