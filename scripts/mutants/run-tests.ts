import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loggedIn } from "./log.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** A mutant with which a test is at work for so long does not end: a regular expression that backtracks, a loop. */
const STUCK_MS = 20_000;

/**
 * Runs these test files, each with every mutant that it comes across; a run that is stuck begins again
 * behind its mutant. @returns the files that could not be run
 */
export async function runAll(folder: string, tests: readonly string[]): Promise<readonly string[]> {
  let before = tests.length + 1;
  for (;;) {
    const done = new Set(loggedIn(folder).map(({ file }) => file));
    const left = tests.filter((file) => !done.has(join(ROOT, file)));
    if (left.length === 0 || left.length === before) return left;
    console.log(`${left.length} test files`);
    const { stuckAt } = await run(folder, left);
    if (stuckAt === undefined) before = left.length;
    else {
      appendFileSync(join(folder, "killed"), `${stuckAt}\n`);
      writeFileSync(join(folder, "trying"), "");
    }
  }
}

/** Runs these test files with one mutant, modules included. @returns whether a test notices it */
export async function runWith(folder: string, tests: readonly string[], mutant: number): Promise<boolean> {
  const { status } = await run(folder, tests, mutant);
  return status !== 0;
}

async function run(
  folder: string,
  tests: readonly string[],
  mutant?: number,
): Promise<{ readonly status: number | null; readonly stuckAt?: number }> {
  const config = join(import.meta.dirname, "vitest.config.ts");
  const argv = ["run", "--config", config, "--reporter=dot", ...(mutant === undefined ? [] : ["--bail=1"])];
  const env = {
    ...process.env,
    CI: "1",
    MUTANTS_FOLDER: folder,
    MUTANTS_TESTS: tests.join(" "),
    ...(mutant === undefined ? {} : { MUTANT: String(mutant) }),
  };
  const begun = Date.now();
  const child = spawn("vitest", argv, { cwd: ROOT, env, stdio: "ignore", detached: true });
  let stuckAt: number | undefined;
  const timer = setInterval(() => {
    stuckAt = mutant === undefined ? stuckIn(folder) : undefined;
    const isLate = mutant !== undefined && Date.now() - begun > 3 * STUCK_MS;
    // With its threads and workers: they are one group.
    if ((stuckAt !== undefined || isLate) && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  }, 1_000);
  const [status] = (await once(child, "exit")) as [number | null];
  clearInterval(timer);
  return { status, ...(stuckAt === undefined ? {} : { stuckAt }) };
}

/** The mutant with which the runner has been at work for too long; it writes down which it begins, and nothing at its end. */
function stuckIn(folder: string): number | undefined {
  const file = join(folder, "trying");
  if (!existsSync(file) || Date.now() - statSync(file).mtimeMs < STUCK_MS) return undefined;
  const trying = readFileSync(file, "utf8");
  return trying === "" ? undefined : Number(trying);
}
