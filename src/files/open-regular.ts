import { closeSync, constants, fstatSync, lstatSync, openSync, realpathSync, statSync } from "node:fs";
import { relative, sep } from "node:path";
import { FileRefusal } from "./file-refusal.ts";
import { isInside } from "./judged-root.ts";
import { isVersionControl } from "./version-control.ts";

const { O_RDONLY, O_NONBLOCK, O_NOCTTY } = constants;

export interface OpenRegular {
  /** Descriptor, to be closed by the caller. */
  readonly fd: number;
  readonly size: number;
}

/**
 * Opens a regular file, and refuses others: opening some devices has effects (a watchdog), and opening a FIFO
 * waits. If another file takes its place after the check, the opening does not wait (O_NONBLOCK) and is
 * refused.
 *
 * @param within folder, absolute with links resolved, that links must not leave. Absent: the user named the
 * file, so its links are trusted
 * @param ofGit allows a path through a folder of version control, which a repository may not name
 * @throws FileRefusal; the file system's error
 */
export function openRegular(path: string, within?: string, ofGit = false): OpenRegular {
  const named = statSync(path);
  if (!named.isFile()) throw new FileRefusal(named.isDirectory() ? "folder" : "not-regular");
  const real = realpathSync(path);
  if (within !== undefined) assertReadable(within, real, ofGit);
  const fd = openSync(real, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw new FileRefusal("not-regular");
    if (within !== undefined) assertStillThere(path, real, stat);
    return { fd, size: stat.size };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function assertReadable(within: string, real: string, ofGit: boolean): void {
  if (!isInside(within, real)) throw new FileRefusal("leads-outside");
  if (!ofGit && relative(within, real).split(sep).some(isVersionControl))
    throw new FileRefusal("version-control");
}

/** Asserts that the path still leads to the opened file: a folder on the way may have become a link. */
function assertStillThere(path: string, real: string, opened: { dev: number; ino: number }): void {
  const { dev, ino } = lstatSync(real);
  if (realpathSync(path) !== real || dev !== opened.dev || ino !== opened.ino)
    throw new FileRefusal("changed");
}
