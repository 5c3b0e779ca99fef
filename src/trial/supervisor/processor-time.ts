import { readdirSync, readFileSync } from "node:fs";
import { processesOf } from "./processes.ts";

/** Times of one thread since its start, in nanoseconds. */
interface ThreadTime {
  /** Time on a processor. */
  readonly ran: number;
  /** Time in which the thread could run, but no processor was free. */
  readonly waited: number;
}

/** Maximum number of threads examined; enough to see whether a container's threads get a processor. */
const THREADS = 256;

/** Processor times of a container's threads so far; for an ended container, of its first thread. */
export function threadTimes(first: number): ReadonlyMap<string, ThreadTime> {
  const times = new Map<string, ThreadTime>();
  for (const pid of new Set([first, ...processesOf(first).map((one) => one.pid)])) {
    for (const thread of threadsOf(pid)) {
      if (times.size >= THREADS) return times;
      const time = timeIn(read(`/proc/${pid}/task/${thread}/schedstat`));
      if (time !== undefined) times.set(`${pid} ${thread}`, time);
    }
  }
  return times;
}

/** Parses /proc/PID/schedstat: time on a processor, time in the queue, turns. */
export function timeIn(schedstat: string): ThreadTime | undefined {
  const [ran, waited] = schedstat.trim().split(" ").map(Number);
  return ran === undefined || waited === undefined || Number.isNaN(ran + waited)
    ? undefined
    : { ran, waited };
}

/**
 * Jiffies of all processors since boot, from /proc/stat: the total, and those used or taken by a hypervisor.
 */
export function machineTime(stat = read("/proc/stat")): { readonly all: number; readonly busy: number } {
  // First line, `cpu`: user, nice, system, idle, iowait, irq, softirq, steal; guest time is part of user and
  // nice.
  const [line = ""] = stat.split("\n", 1);
  const counted = line.split(" ").filter(Boolean).slice(1, 9).map(Number);
  const all = counted.reduce((sum, one) => sum + one, 0);
  return { all, busy: all - (counted[3] ?? 0) - (counted[4] ?? 0) };
}

/** Jiffies used by the pod, including the supervisor and children for which it waited. */
export function podTime(): number {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.reduce((sum, pid) => sum + jiffiesIn(read(`/proc/${pid}/stat`)), 0);
}

/**
 * Sum of utime, stime, cutime and cstime of proc_pid_stat(5); the name in parentheses can contain anything.
 */
export function jiffiesIn(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields.slice(11, 15).reduce((sum, field) => sum + (Number(field) || 0), 0);
}

function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
