import { closeSync, openSync, readSync } from "node:fs";
import { assertNotBrought } from "./brought-link.ts";
import { openRegular } from "./open-regular.ts";

export interface ReadOptions {
  /** Maximum number of bytes that the file may have. */
  readonly most: number;
  /** Folder that must contain the file: absolute, with links resolved. Absent if the user named the file. */
  readonly within?: string | undefined;
  /**
   * Current folder, absolute, if the command line named the file: a repository's link that leaves the
   * repository is then refused. Without it, every link is trusted: the path is in the user's home, or from
   * the environment.
   */
  readonly cwd?: string | undefined;
  /**
   * Set only for `.git/config`: allows a path through a folder of version control. A repository's files never
   * set this.
   */
  readonly ofGit?: boolean;
}

/**
 * Bytes of a regular file; if the user named the file, also of a pipe passed by the shell: `<(…)`,
 * `/dev/stdin`.
 *
 * @param path absolute path
 * @returns undefined if the file is longer than `most`
 * @throws FileRefusal, or the file system's error
 */
export function readBytes(path: string, { most, within, cwd, ofGit }: ReadOptions): Uint8Array | undefined {
  if (within === undefined && cwd !== undefined) assertNotBrought(path, cwd);
  const { fd, size } =
    within === undefined && HANDED_OVER.test(path)
      ? { fd: openSync(path, "r"), size: CHUNK }
      : openRegular(path, within, ofGit);
  try {
    const bytes = readUpTo(fd, size, most + 1);
    return bytes.length > most ? undefined : bytes;
  } finally {
    closeSync(fd);
  }
}

/** Paths of pipes passed by a shell. */
const HANDED_OVER = /^\/(?:dev\/(?:fd\/\d+|stdin|null)|proc\/(?:self|\d+)\/fd\/\d+)$/;

const CHUNK = 64 * 1024;

/**
 * Bytes up to the end of the file, or more than `most`.
 *
 * @param size a first guess: files of /proc and pipes have none
 */
function readUpTo(fd: number, size: number, most: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let next = Math.min(size + 1, most);
  while (length < most) {
    const chunk = Buffer.allocUnsafe(next);
    const read = readSync(fd, chunk);
    if (read === 0) break;
    chunks.push(chunk.subarray(0, read));
    length += read;
    next = Math.min(CHUNK, most - length);
  }
  return chunks.length === 1 ? (chunks[0] ?? new Uint8Array()) : Buffer.concat(chunks);
}
