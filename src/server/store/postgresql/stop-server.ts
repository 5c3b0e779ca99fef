import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { UnavailableError } from "../../../contract/error.ts";
import { processesIn, runningServer } from "./running-server.ts";

/**
 * Milliseconds for a fast shutdown, whose checkpoint writes everything to disk, then for an immediate
 * shutdown.
 */
const FAST_MS = 30_000;
const IMMEDIATE_MS = 10_000;
const LOOK_MS = 10;

/**
 * Stops the server of a data folder. Open transactions are rolled back; committed data are on disk in any
 * case. Does nothing if no server runs.
 *
 * @param cluster PGDATA
 * @throws UnavailableError postgresql-unstoppable
 */
export async function stopServer(cluster: string): Promise<void> {
  const server = runningServer(cluster);
  if (server === undefined) return;
  // The signals of pg_ctl stop --mode=fast and --mode=immediate.
  if (await endsBy(server.pid, "SIGINT", cluster, FAST_MS)) return;
  if (await endsBy(server.pid, "SIGQUIT", cluster, IMMEDIATE_MS)) return;
  throw unstoppable(server.pid, cluster);
}

/**
 * Waits until the processes left by a killed server have ended, and removes its lock file: PostgreSQL would
 * otherwise mistake another process with the same number for a running server, which is usual in containers.
 *
 * @throws UnavailableError postgresql-unstoppable
 */
export async function clearDeadServer(cluster: string): Promise<void> {
  const deadline = performance.now() + IMMEDIATE_MS;
  for (let left = processesIn(cluster); left.length > 0; left = processesIn(cluster)) {
    if (performance.now() > deadline) throw unstoppable(left[0] ?? 0, cluster);
    await sleep(LOOK_MS);
  }
  rmSync(join(cluster, "postmaster.pid"), { force: true });
}

async function endsBy(
  pid: number,
  signal: NodeJS.Signals,
  cluster: string,
  mostMs: number,
): Promise<boolean> {
  const deadline = performance.now() + mostMs;
  if (!sent(pid, signal)) return true;
  while (runningServer(cluster)?.pid === pid) {
    if (performance.now() > deadline) return false;
    await sleep(LOOK_MS);
  }
  return true;
}

function sent(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

function unstoppable(pid: number, cluster: string): UnavailableError {
  return new UnavailableError("postgresql-unstoppable", {
    fr: `PostgreSQL (processus ${pid}, données ${cluster}) ne s'arrête pas. Vérifier le disque (un processus en attente d'écriture ne se termine pas), puis recommencer.`,
    en: `PostgreSQL (process ${pid}, data ${cluster}) does not stop. Check the disk (a process that waits for a write does not end), then try again.`,
  });
}
