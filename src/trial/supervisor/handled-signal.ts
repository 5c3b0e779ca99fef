import { readFileSync } from "node:fs";

const MASK = /^(?:SigCgt|SigBlk):\s*([0-9a-f]{1,32})$/gim;

/**
 * Whether a process has a handler for a signal, or holds the signal back to read it itself
 * (sigwait, signalfd): SigCgt and SigBlk of proc_pid_status(5). False once the process is gone.
 *
 * @param number of the signal, 1 to 64
 */
export function handlesSignal(pid: number, number: number): boolean {
  try {
    return isHandled(readFileSync(`/proc/${pid}/status`, "latin1"), number);
  } catch {
    return false;
  }
}

/** The same of the text of /proc/PID/status. */
export function isHandled(status: string, number: number): boolean {
  const bit = BigInt(number - 1);
  return [...status.matchAll(MASK)].some(([, mask]) => ((BigInt(`0x${mask}`) >> bit) & 1n) === 1n);
}
