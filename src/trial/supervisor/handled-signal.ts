import { readFileSync } from "node:fs";
import { constants } from "node:os";

const MASK = /^(?:SigCgt|SigBlk):\s*([0-9a-f]{1,32})$/gim;

/**
 * Whether a process has a handler for a signal, or holds the signal back to read it itself
 * (sigwait, signalfd): SigCgt and SigBlk of proc_pid_status(5). False once the process is gone.
 *
 * @param number of the signal, 1 to 64
 */
export function handlesSignal(pid: number, number: number): boolean {
  return isHandled(statusOf(pid), number);
}

/** isEndedByDefault() of a process; false once it is gone. */
export function endsByDefault(pid: number, number: number): boolean {
  return isEndedByDefault(statusOf(pid), number);
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "latin1");
  } catch {
    return "";
  }
}

/** The same of the text of /proc/PID/status. */
export function isHandled(status: string, number: number): boolean {
  return hasSignal([...status.matchAll(MASK)], number);
}

/**
 * Whether the kernel ends a process by a signal that it has left alone, when it is not the first one of
 * its namespace: by default a signal terminates (signal(7)), unless the process ignores it.
 */
export function isEndedByDefault(status: string, number: number): boolean {
  const ignored = [...status.matchAll(IGNORED)];
  const isKnown = ignored.length > 0 && [...status.matchAll(MASK)].length > 0;
  return isKnown && !NOT_ENDING.has(number) && !isHandled(status, number) && !hasSignal(ignored, number);
}

const IGNORED = /^(?:SigIgn):\s*([0-9a-f]{1,32})$/gim;
const { SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG, SIGWINCH } = constants.signals;
/** By default these stop a process, let it go on, or do nothing. */
const NOT_ENDING: ReadonlySet<number> = new Set([
  SIGCHLD,
  SIGCONT,
  SIGSTOP,
  SIGTSTP,
  SIGTTIN,
  SIGTTOU,
  SIGURG,
  SIGWINCH,
]);

function hasSignal(masks: readonly RegExpExecArray[], number: number): boolean {
  const bit = BigInt(number - 1);
  return masks.some(([, mask]) => ((BigInt(`0x${mask}`) >> bit) & 1n) === 1n);
}
