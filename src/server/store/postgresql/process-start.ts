import { readFileSync } from "node:fs";

/**
 * Tick of the machine's clock at which a process started, field 22 of proc_pid_stat(5); undefined if none has
 * this number. With it, a number that another process took over is not taken for the same process.
 */
export function processStart(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    // State is field 3, the first one behind the name.
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
