import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants, openSync, readlinkSync, readSync } from "node:fs";

/** A pipe, with both ends as descriptors of this process. */
export interface Pipe {
  readonly reader: number;
  readonly writer: number;
}

/** Script whose here-documents become pipes, which the shell holds open until its input ends. */
const SCRIPT = "exec 3<<E 4<<E\n\nE\n\nE\necho\nread -r end";

/**
 * Two anonymous pipes, like containerd's for stdout and stderr. A program in the container that resolves
 * /dev/stdout could not reach a FIFO with a name. Node itself only creates socket pairs, which cannot be
 * reopened.
 *
 * @returns undefined if the shell uses files for here-documents (bash before 5.1)
 */
export async function openPipes(shell: string): Promise<readonly [Pipe, Pipe] | undefined> {
  const child = spawn(shell, ["-c", SCRIPT], { stdio: ["pipe", "pipe", "ignore"], cwd: "/" });
  child.stdin.on("error", () => {});
  const ended = once(child, "close").catch(() => {});
  try {
    await Promise.race([once(child.stdout, "data"), ended]);
    return [openEnds(`/proc/${child.pid}/fd/3`), openEnds(`/proc/${child.pid}/fd/4`)];
  } catch {
    return undefined;
  } finally {
    child.stdin.end();
    await ended;
  }
}

/** Opens a pipe that another process holds, and reads the line feed that the here-document wrote. */
function openEnds(held: string): Pipe {
  if (!readlinkSync(held).startsWith("pipe:")) throw new Error("no pipe");
  const reader = openSync(held, constants.O_RDONLY | constants.O_NONBLOCK);
  readSync(reader, Buffer.alloc(1));
  const writer = openSync(held, constants.O_WRONLY);
  return { reader, writer };
}
