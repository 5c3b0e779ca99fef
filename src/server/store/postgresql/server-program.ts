import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import type { DataFolder } from "./data-folder.ts";
import type { Installation } from "./installations.ts";
import type { ServerUser } from "./server-user.ts";

/** Maximum bytes of the log; a start empties a larger one. */
const LOG_BYTES = 10_000_000;
/** Number of log lines quoted in an error. */
const LOG_LINES = 5;

/** Program of PostgreSQL, with its data folder. */
export interface ServerProgram {
  readonly installation: Installation;
  readonly folder: DataFolder;
  readonly user: ServerUser | undefined;
}

/**
 * Starts `postgres` or `initdb`. Both write to a log file: a pipe would break when this process ends, and the
 * server with it.
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

/** Empties the log if it is too large. */
export function trimLog({ log }: DataFolder): void {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES) truncateSync(log);
}

/** Last lines of the log, for an error message. */
export function lastLines({ log }: DataFolder): string {
  try {
    return readFileSync(log, "utf8").trimEnd().split("\n").slice(-LOG_LINES).join(" / ");
  } catch {
    return "";
  }
}

/** Resolves when a program has ended or could not be started; true if it exited with 0. */
export function endOf(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}
