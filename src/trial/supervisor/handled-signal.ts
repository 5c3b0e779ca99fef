import { readFileSync } from "node:fs";
import { constants } from "node:os";

const MASK = /^(?:SigCgt|SigBlk):\s*([0-9a-f]{1,32})$/gim;

/**
 * Whether a process has a handler for a signal, or blocks the signal in order to read it (sigwait, signalfd):
 * SigCgt and SigBlk of proc_pid_status(5). False if the process has ended.
 *
 * @param number number of the signal, 1 to 64
 */
export function handlesSignal(pid: number, number: number): boolean {
  return isHandled(statusOf(pid), number);
}

/**
 * Whether the signal's default action would end a process (see isEndedByDefault()); false if the process has
 * ended.
 */
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

/** Whether a signal is handled, by the text of /proc/PID/status. */
export function isHandled(status: string, number: number): boolean {
  return hasSignal([...status.matchAll(MASK)], number);
}

/**
 * Whether a signal that a process neither handles nor ignores would end the process, if it were not the first
 * process of its namespace (signal(7)).
 */
export function isEndedByDefault(status: string, number: number): boolean {
  const ignored = [...status.matchAll(IGNORED)];
  const isKnown = ignored.length > 0 && [...status.matchAll(MASK)].length > 0;
  return isKnown && !NOT_ENDING.has(number) && !isHandled(status, number) && !hasSignal(ignored, number);
}

const IGNORED = /^(?:SigIgn):\s*([0-9a-f]{1,32})$/gim;
const { SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG, SIGWINCH } = constants.signals;
/** Signals whose default action does not end a process, but stops it, continues it, or does nothing. */
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
