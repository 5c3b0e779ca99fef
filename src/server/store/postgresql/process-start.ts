import { readFileSync } from "node:fs";

/**
 * Tick of the machine's clock at which a process started, field 22 of proc_pid_stat(5); undefined if there is
 * no process with this number. It distinguishes a process from a later process with the same number.
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
