import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { processStart } from "./process-start.ts";

/** A PostgreSQL that runs in a data folder. */
export interface RunningServer {
  readonly pid: number;
  /** Folder of the server's socket. */
  readonly sockets: string;
  readonly port: number;
  readonly isReady: boolean;
  /** Whether the douane that started the server still runs. */
  readonly isOwned: boolean;
  /** Process id of the douane that started the server; undefined if another program did. */
  readonly owner?: number;
}

/**
 * Setting by which a server names the process that started it: the process's id, and the tick of its start.
 */
export const OWNER_SETTING = "cluster_name=douane";

/**
 * Server that runs in a data folder, by the lock file of PostgreSQL; undefined if none runs. A process with
 * the number of a dead server runs in another folder, and does not count.
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
 * Processes of a server that remain in its data folder, even without the process that its lock file names.
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
