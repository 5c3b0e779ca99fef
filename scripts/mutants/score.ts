import { globSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { instrument, type Mutant } from "./instrument.ts";
import { killedIn, loggedIn } from "./log.ts";
import { drawOf, ID_STEP, isChosen, type Plan, writePlan } from "./plan.ts";
import { runAll, runWith } from "./run-tests.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const FOLDERS = ["src/contract", "src/rules", "src/start", "src/secrets"];
const TESTS = "src/{contract,shell,secrets,start,policy,rules}/**/*.test.ts";

interface Found extends Mutant {
  readonly file: string;
  /** By how much it is known: a test saw it, only the loading of modules did, nobody did. */
  readonly reach: "test" | "load" | "none";
  readonly isKilled: boolean;
}

interface Run {
  readonly folder: string;
  readonly plan: Plan;
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
    },
  });
  const folder = mkdtempSync(join(tmpdir(), "douane-mutants-"));
  const plan: Plan = {
    targets: targetsIn(positionals.length === 0 ? FOLDERS : positionals),
    share: Number(values.share),
    seed: values.seed,
  };
  writePlan(folder, plan);
  const cut = await runAll(folder, testsIn(values.tests));
  if (cut.length > 0) console.log(`test files that had no end in their time:\n  ${cut.join("\n  ")}`);
  const found = results(plan, folder);
  print(await withStatic(found, { folder, plan }, Number(values.static)));
}

function targetsIn(folders: readonly string[]): readonly string[] {
  return folders
    .flatMap((folder) => (folder.endsWith(".ts") ? [folder] : globSync(`${folder}/**/*.ts`, { cwd: ROOT })))
    .filter((file) => !file.endsWith(".test.ts"))
    .toSorted();
}

function results(plan: Plan, folder: string): readonly Found[] {
  const log = loggedIn(folder);
  const killed = new Set(killedIn(folder));
  const seen = new Set(log.flatMap((one) => one.seen));
  const loaded = new Set(log.flatMap((one) => one.loaded));
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

/** Mutants of what modules do when they are loaded, each in a run of its own: so many of them, drawn by the seed. */
async function withStatic(found: readonly Found[], run: Run, most: number): Promise<readonly Found[]> {
  const files = loggedIn(run.folder);
  const drawn = found
    .filter(({ reach, isKilled }) => reach === "load" && !isKilled)
    .toSorted((a, b) => drawOf(a.id, run.plan) - drawOf(b.id, run.plan))
    .slice(0, most);
  const judged = new Map<number, boolean>();
  for (const { id, file } of drawn) {
    const own = files.filter(({ loaded }) => loaded.includes(id)).map((one) => one.file);
    const near = own.toSorted((a, b) => distance(a, file) - distance(b, file)).slice(0, 6);
    judged.set(id, await runWith(run.folder, near, id));
  }
  return found.map((one) => {
    const isKilled = judged.get(one.id);
    return isKilled === undefined ? one : { ...one, reach: "test", isKilled };
  });
}

/** Property tests draw hundreds of inputs: each mutant would wait for all of them. */
function testsIn(patterns: string): readonly string[] {
  return globSync(patterns.split(" "), { cwd: ROOT })
    .filter((file) => !file.endsWith(".property.test.ts"))
    .toSorted();
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
