import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { instrument, type Mutant } from "./instrument.ts";
import { ID_STEP, isChosen, type Plan, writePlan } from "./plan.ts";
import type { LoggedFile } from "./runner.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const FOLDERS = ["src/contract", "src/rules", "src/start", "src/secrets"];
const TESTS =
  "src/{contract,shell,secrets,start,policy,rules,report}/**/*.test.ts test/{rules,restricted,starts}.test.ts";

interface Found extends Mutant {
  readonly file: string;
  /** By how much it is known: a test saw it, only the loading of modules did, nobody did. */
  readonly reach: "test" | "load" | "none";
  readonly isKilled: boolean;
}

/** Runs the tests with the mutants of these folders, and prints the score and the survivors. */
export async function mutationScore(argv: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      share: { type: "string", default: "1" },
      seed: { type: "string", default: "douane" },
      tests: { type: "string", default: TESTS },
      static: { type: "string", default: "0" },
      workers: { type: "string", default: "1" },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), "douane-mutants-"));
  const plan: Plan = {
    targets: targetsIn(positionals.length === 0 ? FOLDERS : positionals),
    share: Number(values.share),
    seed: values.seed,
  };
  writePlan(folder, plan);
  runTests({ folder, tests: values.tests, workers: values.workers });
  const found = results(plan, folder);
  print(withStatic(found, folder, values.tests, Number(values.static)));
}

function targetsIn(folders: readonly string[]): readonly string[] {
  return folders
    .flatMap((folder) => (folder.endsWith(".ts") ? [folder] : globSync(`${folder}/**/*.ts`, { cwd: ROOT })))
    .filter((file) => !file.endsWith(".test.ts"))
    .toSorted();
}

interface Run {
  readonly folder: string;
  readonly tests: string;
  readonly workers: string;
  /** Switched on from the beginning. */
  readonly mutant?: number;
}

function runTests({ folder, tests, workers, mutant }: Run): boolean {
  const config = join(import.meta.dirname, "vitest.config.ts");
  const env = {
    ...process.env,
    CI: "1",
    MUTANTS_FOLDER: folder,
    MUTANTS_TESTS: tests,
    MUTANTS_WORKERS: workers,
    ...(mutant === undefined ? {} : { MUTANT: String(mutant) }),
  };
  const bail = mutant === undefined ? [] : ["--bail=1"];
  const argv = ["run", "--config", config, "--reporter=dot", ...bail];
  const { status } = spawnSync("vitest", argv, {
    cwd: ROOT,
    env,
    stdio: mutant === undefined ? "inherit" : "ignore",
    timeout: mutant === undefined ? undefined : 120_000,
  });
  return status === 0;
}

function logged(folder: string): readonly LoggedFile[] {
  const lines = readFileSync(join(folder, "log"), "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as LoggedFile);
}

function results(plan: Plan, folder: string): readonly Found[] {
  const log = logged(folder);
  const all = (field: "killed" | "seen" | "loaded") => new Set(log.flatMap((one) => one[field]));
  const [killed, seen, loaded] = [all("killed"), all("seen"), all("loaded")];
  const failed = log.flatMap((one) => one.failed);
  if (failed.length > 0) console.log(`tests that fail without any mutant:\n  ${failed.join("\n  ")}`);
  return plan.targets.flatMap((file, index) => {
    const { mutants } = instrument(readFileSync(join(ROOT, file), "utf8"), file, index * ID_STEP);
    return mutants
      .filter(({ id }) => isChosen(id, plan))
      .map((mutant): Found => {
        const reach = seen.has(mutant.id) ? "test" : loaded.has(mutant.id) ? "load" : "none";
        return { ...mutant, file, reach, isKilled: killed.has(mutant.id) };
      });
  });
}

/** Mutants of what modules do when they are loaded, each in a run of its own: so many of them. */
function withStatic(found: readonly Found[], folder: string, tests: string, most: number): readonly Found[] {
  const files = logged(folder);
  let left = most;
  const judged: Found[] = [];
  for (const one of found) {
    if (one.isKilled || one.reach !== "load" || left === 0) {
      judged.push(one);
      continue;
    }
    left -= 1;
    const own = files.filter(({ loaded }) => loaded.includes(one.id)).map(({ file }) => file);
    const near = own.toSorted((a, b) => distance(a, one.file) - distance(b, one.file)).slice(0, 6);
    const survives = runTests({ folder, tests: near.join(" ") || tests, workers: "1", mutant: one.id });
    judged.push({ ...one, reach: "test", isKilled: !survives });
  }
  return judged;
}

/** Tests beside the file come first. */
function distance(test: string, file: string): number {
  if (test.endsWith(`/${file.replace(/\.ts$/, ".test.ts")}`)) return 0;
  return test.includes(file.slice(0, file.lastIndexOf("/"))) ? 1 : 2;
}

function print(found: readonly Found[]): void {
  for (const { file, line, kind, original, text, reach, isKilled } of found) {
    if (isKilled || reach === "load") continue;
    const change = `${short(original)} → ${short(text)}`;
    console.log(`${reach === "none" ? "unseen" : "survives"} ${file}:${line} ${kind}: ${change}`);
  }
  for (const [folder, own] of Map.groupBy(found, ({ file }) => file.split("/").slice(0, 2).join("/"))) {
    const tried = own.filter(({ reach }) => reach !== "load");
    const killed = tried.filter(({ isKilled }) => isKilled).length;
    const unseen = tried.filter(({ reach }) => reach === "none").length;
    const share = ((100 * killed) / Math.max(1, tried.length)).toFixed(1);
    console.log(
      `${folder}: ${share} % of ${tried.length} mutants killed (${unseen} in no test's way; ${own.length - tried.length} of the loading of modules not tried)`,
    );
  }
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 57)}…` : line || "∅";
}
