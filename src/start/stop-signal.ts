import { constants } from "node:os";

/** First of the real-time signals that glibc and musl leave to programs. */
const REAL_TIME = 34;
const KNOWN: ReadonlyMap<string, number> = new Map(Object.entries(constants.signals));
const NUMBER = /^\d{1,2}$/;
const REAL_TIME_NAME = /^RTM(IN|AX)(?:([+-])(\d{1,2}))?$/;

/**
 * Number of a STOPSIGNAL: `SIGTERM`, `TERM`, `15`, `RTMIN+3`. For an invalid signal, SIGTERM, as in
 * containerd.
 */
export function signalNumber(written: string): number {
  return validSignal(written) ?? constants.signals.SIGTERM;
}

/** Whether two texts are names of one signal. */
export function isSameSignal(one: string, other: string): boolean {
  return one === other || (validSignal(one) !== undefined && validSignal(one) === validSignal(other));
}

function validSignal(written: string): number | undefined {
  const name = written.trim().toUpperCase().replace(/^SIG/, "");
  if (NUMBER.test(name)) return Number(name) > 0 && Number(name) <= 64 ? Number(name) : undefined;
  const realTime = REAL_TIME_NAME.exec(name);
  if (realTime === null) return KNOWN.get(`SIG${name}`);
  const offset = Number(`${realTime[2] ?? "+"}${realTime[3] ?? 0}`);
  return Math.min(64, Math.max(1, (realTime[1] === "IN" ? REAL_TIME : 64) + offset));
}
