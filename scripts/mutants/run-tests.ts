import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { logFate, loggedIn } from "./log.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** A mutant with which a test is at work for so long does not end: a regular expression that backtracks, a loop. */
const STUCK_MS = 30_000;

/**
 * Runs these test files in one process, in their order, with every mutant that they come across; behind a
 * mutant that is stuck it begins again with what is left. @returns the files that were not run to their end
 */
export async function runAll(folder: string, tests: readonly string[]): Promise<readonly string[]> {
  for (;;) {
    const done = new Set(loggedIn(folder).map(({ file }) => file));
    const left = tests.filter((file) => !done.has(file));
    if (left.length === 0) return [];
    const stuckAt = await run(folder, left);
    if (stuckAt === undefined) {
      const logged = new Set(loggedIn(folder).map(({ file }) => file));
      return left.filter((file) => !logged.has(file));
    }
    logFate(folder, stuckAt, "late");
  }
}

async function run(folder: string, tests: readonly string[]): Promise<number | undefined> {
  const config = join(import.meta.dirname, "vitest.config.ts");
  const output = openSync(join(folder, "output"), "a");
  writeFileSync(join(folder, "trying"), "");
  const child = spawn("vitest", ["run", "--config", config, "--reporter=default"], {
    cwd: ROOT,
    env: { ...process.env, CI: "1", MUTANTS_FOLDER: folder, MUTANTS_TESTS: tests.join(" ") },
    stdio: ["ignore", output, output],
    detached: true,
  });
  let stuckAt: number | undefined;
  const timer = setInterval(() => {
    stuckAt ??= stuckIn(folder);
    // With its threads and workers: they are one group.
    if (stuckAt !== undefined && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  }, 1_000);
  await once(child, "exit");
  clearInterval(timer);
  return stuckAt;
}

/** The mutant with which the runner has been at work for too long; it writes down which it begins, and nothing at its end. */
function stuckIn(folder: string): number | undefined {
  const file = join(folder, "trying");
  if (!existsSync(file) || Date.now() - statSync(file).mtimeMs < STUCK_MS) return undefined;
  const trying = readFileSync(file, "utf8");
  return trying === "" ? undefined : Number(trying);
}
