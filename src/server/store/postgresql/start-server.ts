import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { UnavailableError } from "../../../contract/error.ts";
import { excerpt } from "../../../contract/shown.ts";
import { processStart } from "./process-start.ts";
import { OWNER_SETTING, type RunningServer, runningServer } from "./running-server.ts";
import { endOf, lastLines, type ServerProgram, startProgram, trimLog } from "./server-program.ts";

/** Timeout of a start, in milliseconds; recovery after a crash replays the log of the last minutes. */
const START_MS = 120_000;
const LOOK_MS = 5;

/** Settings for one machine and about ten connections; settings for durable commits keep their defaults. */
const SETTINGS = [
  "listen_addresses=",
  "max_connections=40",
  "shared_buffers=32MB",
  "max_wal_senders=0",
  "wal_level=minimal",
  "max_wal_size=256MB",
  "recovery_init_sync_method=syncfs",
  "max_worker_processes=2",
  "max_parallel_workers=0",
  "jit=off",
  "timezone=UTC",
  "log_timezone=UTC",
  "log_statement=none",
  "log_min_error_statement=panic",
];

/** Server started by this process. */
export interface StartedServer extends RunningServer {
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<unknown>;
}

/**
 * Starts PostgreSQL in an existing data folder and waits until it accepts connections.
 *
 * @param sockets folder of the server's socket
 * @throws UnavailableError postgresql-start
 */
export async function startServer(program: ServerProgram, sockets: string): Promise<StartedServer> {
  const { folder } = program;
  trimLog(folder);
  const owner = `${OWNER_SETTING}-${process.pid}-${processStart(process.pid) ?? 0}`;
  const settings = [...SETTINGS, owner, `unix_socket_directories=${sockets}`];
  const child = startProgram(program, "postgres", [
    "-D",
    folder.cluster,
    ...settings.flatMap((setting) => ["-c", setting]),
  ]);
  const ended = endOf(child);
  const deadline = performance.now() + START_MS;
  while (!hasEnded(child) && performance.now() < deadline) {
    const server = runningServer(folder.cluster);
    if (server?.isReady === true && server.pid === child.pid) return { ...server, ended };
    await sleep(LOOK_MS);
  }
  child.kill("SIGINT");
  throw notStarted(program);
}

function hasEnded({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null;
}

function notStarted({ folder }: ServerProgram): UnavailableError {
  const said = excerpt(lastLines(folder));
  return new UnavailableError("postgresql-start", {
    fr: `PostgreSQL n'a pas démarré (${said}). Vérifier l'espace libre et les droits de ${folder.path}. Journal : ${folder.log}`,
    en: `PostgreSQL did not start (${said}). Check the free space and the permissions of ${folder.path}. Log: ${folder.log}`,
  });
}
