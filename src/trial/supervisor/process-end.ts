import { readFileSync, readlinkSync } from "node:fs";
import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

export interface ProcessEnd {
  readonly code?: number;
  readonly signal?: string;
}

const POLL_MS = 5;
/** Indices of state and exit code in proc_pid_stat(5): the third field and the last. */
const [STATE, EXIT_CODE] = [0, 49];

/**
 * Exit status of a child process that the runtime started for this process: the child stays a zombie, whose
 * status /proc shows. Undefined while it runs.
 */
export function processEnd(pid: number): ProcessEnd | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return {};
  }
  // The name in parentheses can contain anything.
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .trim()
    .split(" ");
  if (fields[STATE] !== "Z" && fields[STATE] !== "X") return undefined;
  const status = Number(fields[EXIT_CODE]);
  if (status === 0 && isHidden(pid)) return {};
  const signal = status & 0x7f;
  return signal === 0 ? { code: status >> 8 } : { signal: signalName(signal) };
}

/**
 * Whether a status of 0 may hide the real status: without root, the kernel hides the status of a program that
 * is unreadable or set PR_SET_DUMPABLE, as the runtime does before exec.
 */
function isHidden(pid: number): boolean {
  try {
    readlinkSync(`/proc/${pid}/ns/pid`);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EACCES";
  }
}

/** End of a process; undefined if it still runs after this time. */
export async function waitForEnd(pid: number, ms: number): Promise<ProcessEnd | undefined> {
  const until = performance.now() + ms;
  for (;;) {
    const end = processEnd(pid);
    if (end !== undefined || performance.now() >= until) return end;
    await sleep(POLL_MS);
  }
}

const NAMES = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

function signalName(number: number): string {
  return NAMES.get(number) ?? `${number}`;
}
