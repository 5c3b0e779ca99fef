import { readFileSync } from "node:fs";
import { join } from "node:path";
import { processesIn } from "../../../src/server/store/postgresql/running-server.ts";

/** Ticks of proc_pid_stat(5) in a second. */
const TICKS = 100;

/** CPU seconds of all processes of an embedded PostgreSQL, with those that have ended. */
export function serverSeconds(data: string): number {
  let ticks = 0;
  for (const pid of processesIn(join(data, "cluster"))) {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    // utime, stime, cutime, cstime: fields 14 to 17, of which the first one here is field 3.
    for (const field of fields.slice(11, 15)) ticks += Number(field);
  }
  return ticks / TICKS;
}
