import { closeSync, constants, fstatSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { diskPath } from "../rootfs/disk-path.ts";
import type { FileSnapshot, TreeEntry } from "./file-snapshot.ts";

/** Maximum number of files examined per folder; further ones are compared by name only. */
const MOST = 500;
/** Maximum number of listed folders reported per volume. */
const MOST_LISTED = 100;
/** Resolution of file times in nanoseconds: one kernel tick; there are at least 100 ticks per second. */
const TICK_NS = 10_000_000n;
/** Flag of open(2) that neither reads nor blocks; Node has no constant for it. */
const O_PATH = 0o10_000_000;

/** A file left by the previous phase and read by this one. */
export interface Reread {
  readonly path: string;
  /** Kind: a link that was followed or read, or a folder whose names were listed; absent for a file. */
  readonly type?: "symlink" | "directory";
  readonly bytes: number;
  readonly changed?: true;
  readonly unordered?: true;
  readonly atWork?: true;
}

/**
 * Files of a directory as a phase left them. Each file is held open by its inode, so that its access time can
 * be read even after the file was replaced (by writing and renaming another file) or removed.
 */
export class HeldFiles {
  readonly #left: FileSnapshot;
  readonly #descriptors = new Map<string, number>();

  /** Opens the files. No process may write to the folder meanwhile. */
  constructor(directory: string, left: FileSnapshot) {
    this.#left = left;
    const files = [...left.entries].filter(([, entry]) => holdsText(entry));
    for (const [path] of files.slice(0, MOST)) {
      const descriptor = open(diskPath(directory, path));
      if (descriptor !== undefined) this.#descriptors.set(path, descriptor);
    }
  }

  /**
   * Files and links that were read since the previous phase, and before any write to them, as far as their times show.
   *
   * @param after current content
   * @param askedAt time of the phase's first request in nanoseconds since 1970; undefined without requests
   */
  rereadIn(after: FileSnapshot, askedAt?: bigint): readonly Reread[] {
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
      const lastWritten = now?.type === "file" ? now.writtenAt : writtenAt;
      const isAtWork = askedAt !== undefined && lastWritten > askedAt;
      return [
        {
          ...read,
          changed: true,
          ...(isOpen ? { unordered: true } : {}),
          ...(isAtWork ? { atWork: true } : {}),
        },
      ];
    });
  }

  /**
   * Folders whose names were listed since the previous phase. Only folders count in which a name of that phase still
   * exists. Creating or looking up a single name is not a listing.
   *
   * @param after current content
   */
  listedIn(after: FileSnapshot): readonly Reread[] {
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

  /** Times of a file without a name; times of the previous phase if no descriptor holds the file. */
  #timesOf(path: string, old: TreeEntry): Pick<TreeEntry, "readAt" | "writtenAt"> {
    const descriptor = this.#descriptors.get(path);
    if (descriptor === undefined) return old;
    const { atimeNs, mtimeNs } = fstatSync(descriptor, { bigint: true });
    return { readAt: atimeNs, writtenAt: mtimeNs };
  }
}

/** Whether an entry has content: for a link, its target. */
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
