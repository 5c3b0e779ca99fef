import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { processStart } from "./process-start.ts";

/** PostgreSQL that runs in a data folder. */
export interface RunningServer {
  readonly pid: number;
  /** Folder of the server's socket. */
  readonly sockets: string;
  readonly port: number;
  readonly isReady: boolean;
  /** Whether the douane that started the server is still running. */
  readonly isOwned: boolean;
  /** Process id of the douane that started the server; undefined if another program started it. */
  readonly owner?: number;
}

/** Setting in which a server names the process that started it: process id and start time. */
export const OWNER_SETTING = "cluster_name=douane";

/**
 * Server that runs in a data folder, according to the lock file of PostgreSQL; undefined if none runs. A
 * process that reuses the number of a dead server has another working folder, and does not count.
 *
 * @param cluster PGDATA
 */
export function runningServer(cluster: string): RunningServer | undefined {
  const [id = "", , , port = "", sockets = "", , , status = ""] = lockLines(cluster);
  const pid = Number(id);
  if (!Number.isInteger(pid) || pid <= 1 || !runsIn(pid, cluster)) return undefined;
  const owner = ownerOf(pid);
  return {
    pid,
    sockets: sockets.trim(),
    port: Number(port),
    isReady: status.trim() === "ready",
    isOwned: owner !== undefined && processStart(owner.pid) === owner.start,
    ...(owner === undefined ? {} : { owner: owner.pid }),
  };
}

/**
 * Processes of a server that are left in its data folder, even if the process named by the lock file is gone.
 */
export function processesIn(cluster: string): readonly number[] {
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return ids.map(Number).filter((pid) => runsIn(pid, cluster));
}

function lockLines(cluster: string): readonly string[] {
  try {
    return readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return [];
  }
}

function runsIn(pid: number, cluster: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === cluster;
  } catch {
    return false;
  }
}

function ownerOf(pid: number): { readonly pid: number; readonly start: string } | undefined {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    const [, owner, start] =
      words.map((word) => /^cluster_name=douane-(\d+)-(\d+)$/.exec(word)).find(Boolean) ?? [];
    return owner === undefined || start === undefined ? undefined : { pid: Number(owner), start };
  } catch {
    return undefined;
  }
}
