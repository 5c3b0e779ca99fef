import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import type { DataFolder } from "./data-folder.ts";
import type { Installation } from "./installations.ts";
import type { ServerUser } from "./server-user.ts";

/** Size of the log in bytes above which a start empties it. */
const LOG_BYTES = 10_000_000;
/** Lines of the log in an error. */
const LOG_LINES = 5;

/** A program of PostgreSQL, ready to be started in a data folder. */
export interface ServerProgram {
  readonly installation: Installation;
  readonly folder: DataFolder;
  readonly user: ServerUser | undefined;
}

/**
 * Starts `postgres` or `initdb`. Both write to the log file, which outlives this process; with a pipe, the
 * server would end together with its reader.
 */
export function startProgram(
  { installation, folder, user }: ServerProgram,
  name: "postgres" | "initdb",
  argv: readonly string[],
): ChildProcess {
  const { bin, lib } = installation;
  const log = openSync(folder.log, "a", 0o600);
  try {
    return spawn(join(bin, name), argv, {
      cwd: folder.path,
      stdio: ["ignore", log, log],
      env: {
        PATH: "/usr/bin:/bin",
        TZ: "UTC",
        LC_ALL: "C",
        ...(lib === undefined ? {} : { LD_LIBRARY_PATH: `${folder.libraries}:${lib}` }),
      },
      ...user,
      // SIGINT from a terminal must reach only douane, which stops the server after its last decision.
      detached: true,
    });
  } finally {
    closeSync(log);
  }
}

/** Empties a log that has grown too large. */
export function trimLog({ log }: DataFolder): void {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES) truncateSync(log);
}

/** Last lines of the log, for an error. */
export function lastLines({ log }: DataFolder): string {
  try {
    return readFileSync(log, "utf8").trimEnd().split("\n").slice(-LOG_LINES).join(" / ");
  } catch {
    return "";
  }
}

/** Resolves when a program has ended or could not be started: whether it exited with 0. */
export function endOf(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}
