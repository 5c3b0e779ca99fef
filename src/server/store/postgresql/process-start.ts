import { readFileSync } from "node:fs";

/**
 * Start time of a process in clock ticks since boot, field 22 of proc_pid_stat(5); undefined if no such
 * process runs. It distinguishes a process from a later one with the same number.
 */
export function processStart(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    // The state is field 3, the first field after the name.
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
