import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { logFate, loggedIn } from "./log.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** Pause beyond a test's own limit, in which its thread says nothing: a regular expression that backtracks, a loop. */
const STUCK_MS = 15_000;
/** Pause of a test file without any mutant, at work on something too large. */
const LARGE_MS = 180_000;

export interface Bounds {
  /** CPU time for one mutant over all its tests. */
  readonly seconds: number;
  /** Time for all, from now on. */
  readonly minutes: number;
}

/**
 * Runs these test files in order in one process, with every mutant that they reach. If a mutant or a file
 * hangs, the process is restarted without it. @returns files that did not finish
 */
export async function runAll(
  folder: string,
  tests: readonly string[],
  bounds: Bounds,
): Promise<readonly string[]> {
  const end = Date.now() + bounds.minutes * 60_000;
  const cut = new Set<string>();
  const leftOf = (files: readonly string[]) => {
    const done = new Set(loggedIn(folder).map(({ file }) => file));
    return files.filter((file) => !done.has(file) && !cut.has(file));
  };
  for (let left = leftOf(tests); left.length > 0 && Date.now() < end; left = leftOf(tests)) {
    const stuckAt = await run(folder, left, { ...bounds, end });
    if (stuckAt === "end") break;
    if (stuckAt !== undefined && stuckAt >= 0) logFate(folder, stuckAt, "late");
    // Files are run in their order: the first that is left is the one that had no end.
    else for (const file of leftOf(left).slice(0, stuckAt === undefined ? undefined : 1)) cut.add(file);
  }
  return [...cut, ...leftOf(tests)];
}

async function run(
  folder: string,
  tests: readonly string[],
  { seconds, end }: Bounds & { readonly end: number },
): Promise<number | "end" | undefined> {
  const config = join(import.meta.dirname, "vitest.config.ts");
  const output = openSync(join(folder, "output"), "a");
  writeFileSync(join(folder, "trying"), "");
  const variables = {
    CI: "1",
    MUTANTS_FOLDER: folder,
    MUTANTS_TESTS: tests.join(" "),
    MUTANTS_SECONDS: String(seconds),
  };
  const child = spawn("vitest", ["run", "--config", config, "--reporter=default"], {
    cwd: ROOT,
    env: { ...process.env, ...variables },
    stdio: ["ignore", output, output],
    detached: true,
  });
  const stop = () => killGroup(child.pid);
  const leave = () => process.exit(1);
  process.once("exit", stop);
  for (const signal of SIGNALS) process.once(signal, leave);
  let stuckAt: number | "end" | undefined;
  const timer = setInterval(() => {
    stuckAt ??= Date.now() > end ? "end" : stuckIn(folder);
    if (stuckAt !== undefined) stop();
  }, 1_000);
  await once(child, "exit");
  clearInterval(timer);
  process.off("exit", stop);
  for (const signal of SIGNALS) process.off(signal, leave);
  return stuckAt;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Kills a process with all its threads and children; nothing where none is left. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/**
 * The mutant with which the runner has been at work for too long; -1: a test file without any. The runner
 * writes down which mutant it begins and the limit that it has set, and nothing at its end.
 */
function stuckIn(folder: string): number | undefined {
  const file = join(folder, "trying");
  const trying = readFileSync(file, "utf8");
  const [id = 0, limit = 0] = trying.split(" ").map(Number);
  // A mutant that is late is tried twice.
  const most = trying === "" ? LARGE_MS : 2 * limit + STUCK_MS;
  if (Date.now() - statSync(file).mtimeMs < most) return undefined;
  return trying === "" ? -1 : id;
}
