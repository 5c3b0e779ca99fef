import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loggedIn } from "./log.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** A mutant with which a test is at work for so long does not end: a regular expression that backtracks, a loop. */
const STUCK_MS = 20_000;
/** Of a test file, or of a mutant in a process of its own. */
const LONGEST_MS = 60_000;

/**
 * Runs these test files, each in a process of its own and with every mutant that it comes across; behind
 * a mutant that is stuck a file begins again. @returns the files that had no end in their time
 */
export async function runAll(folder: string, tests: readonly string[]): Promise<readonly string[]> {
  const cut: string[] = [];
  for (const file of tests) {
    for (;;) {
      const { stuckAt } = await run(folder, [file]);
      if (stuckAt === undefined) break;
      appendFileSync(join(folder, "killed"), `${stuckAt}\n`);
      writeFileSync(join(folder, "trying"), "");
    }
    if (!loggedIn(folder).some((one) => one.file === join(ROOT, file))) cut.push(file);
  }
  return cut;
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
    const isLate = Date.now() - begun > LONGEST_MS;
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
