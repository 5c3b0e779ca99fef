import { closeSync, constants, fstatSync, openSync } from "node:fs";
import { mayBeState } from "../../contract/passing-path.ts";
import { diskPath } from "../rootfs/disk-path.ts";
import type { Container } from "./running-container.ts";

/** Files beyond these are not looked at. */
const MOST = 200;
/** Neither reads what it opens nor waits for it; Node has no name for it. */
const O_PATH = 0o10_000_000;
const FLAGS = O_PATH | constants.O_NOFOLLOW;

/** Notes how large the files are that a kept root held at its start: by what they grow from now on, they grow with the requests. */
export function noteSizes({ root, before, asked }: Pick<Container, "root" | "before" | "asked">): void {
  const files = [...before.entries].filter(([path, { type }]) => type === "file" && mayBeState(path));
  for (const [path] of files.slice(0, MOST)) {
    const bytes = sizeOf(root.upper, path);
    if (bytes !== undefined) asked.set(path, bytes);
  }
}

/** Of a file below a directory that a container writes to meanwhile: step by step, so that no link of its can lead out of it. */
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
