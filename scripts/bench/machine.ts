import { cpus, release, totalmem } from "node:os";

/** Description of the machine, without its name. */
export function describeMachine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${cpu?.model ?? "unknown processor"}, ${cpus().length} cores, ${memory} GiB of memory, Linux ${release()}, Node ${process.version}`;
}
