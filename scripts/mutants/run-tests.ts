import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { logFate, loggedIn } from "./log.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** A mutant with which a test is at work for so long does not end: a regular expression that backtracks, a loop. */
const STUCK_MS = 30_000;
/** A test file that does nothing with a mutant for so long works on something large, all too slowly with switches. */
const LARGE_MS = 180_000;

/**
 * Runs these test files in order in one process, with every mutant that they reach. If a mutant or a file
 * hangs, the process is restarted without it. @returns files that did not finish
 */
export async function runAll(folder: string, tests: readonly string[]): Promise<readonly string[]> {
  const cut = new Set<string>();
  const leftOf = (files: readonly string[]) => {
    const done = new Set(loggedIn(folder).map(({ file }) => file));
    return files.filter((file) => !done.has(file) && !cut.has(file));
  };
  for (let left = leftOf(tests); left.length > 0; left = leftOf(tests)) {
    const stuckAt = await run(folder, left);
    if (stuckAt !== undefined && stuckAt >= 0) logFate(folder, stuckAt, "late");
    // Files are run in their order: the first that is left is the one that had no end.
    else for (const file of leftOf(left).slice(0, stuckAt === undefined ? undefined : 1)) cut.add(file);
  }
  return [...cut];
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
    // The process group, with all threads and workers.
    if (stuckAt !== undefined && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  }, 1_000);
  await once(child, "exit");
  clearInterval(timer);
  return stuckAt;
}

/**
 * The mutant with which the runner has been at work for too long; -1: a test file without any. The runner
 * writes down which mutant it begins, and nothing at its end.
 */
function stuckIn(folder: string): number | undefined {
  const file = join(folder, "trying");
  const trying = readFileSync(file, "utf8");
  if (Date.now() - statSync(file).mtimeMs < (trying === "" ? LARGE_MS : STUCK_MS)) return undefined;
  return trying === "" ? -1 : Number(trying);
}
