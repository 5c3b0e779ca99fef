import { closeSync, constants, fstatSync, openSync } from "node:fs";
import { mayBeState } from "../../contract/temporary-path.ts";
import { diskPath } from "../rootfs/disk-path.ts";
import type { Container } from "./running-container.ts";

/** Maximum number of files examined. */
const MOST = 200;
/** Flag of open(2) that neither reads nor blocks; Node has no constant for it. */
const O_PATH = 0o10_000_000;
const FLAGS = O_PATH | constants.O_NOFOLLOW;

/**
 * Records sizes of the files that a kept root had at its start, so that later growth is attributed to the
 * requests.
 */
export function noteSizes({ root, before, asked }: Pick<Container, "root" | "before" | "asked">): void {
  const files = [...before.entries].filter(([path, { type }]) => type === "file" && mayBeState(path));
  for (const [path] of files.slice(0, MOST)) {
    const bytes = sizeOf(root.upper, path);
    if (bytes !== undefined) asked.set(path, bytes);
  }
}

/**
 * Size of a file below a folder that a container writes to meanwhile. The file is opened segment by segment,
 * so that no link can lead out of the folder.
 */
export function sizeOf(directory: string, path: string): number | undefined {
  let at = openSync(directory, FLAGS | constants.O_DIRECTORY);
  try {
    for (const name of path.split("/").filter((one) => one !== "")) {
      const next = openSync(diskPath(`/proc/self/fd/${at}`, `/${name}`), FLAGS);
      closeSync(at);
      at = next;
    }
    const stat = fstatSync(at);
    return stat.isFile() ? stat.size : undefined;
  } catch {
    return undefined;
  } finally {
    closeSync(at);
  }
}
