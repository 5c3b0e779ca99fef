import { globSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { instrument, type Mutant } from "./instrument.ts";
import { type Fate, fatesIn, loggedIn } from "./log.ts";
import { ID_STEP, isDrawn, writePlan } from "./plan.ts";
import { inOrder, nearestTests, usersOf } from "./reach.ts";
import { runAll } from "./run-tests.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const FOLDERS = ["src/contract", "src/rules", "src/start", "src/secrets"];

/** Unreached: no test comes across it. Untried: only tests that are too slow to be asked again do. */
type Outcome = Fate | "survives" | "unreached" | "untried";

interface Found extends Mutant {
  readonly file: string;
  readonly outcome: Outcome;
}

/** Runs the tests with the mutants of these folders, and prints the survivors and the score. */
export async function mutationScore(argv: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      share: { type: "string", default: "1" },
      seed: { type: "string", default: "douane" },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), "douane-mutants-"));
  const targets = targetsIn(positionals.length === 0 ? FOLDERS : positionals);
  const nearest = nearestTests(targets);
  const drawn = mutantsOf(targets).filter(({ id }) => isDrawn(id, Number(values.share), values.seed));
  writePlan(folder, {
    targets,
    nearest: Object.fromEntries(nearest),
    users: Object.fromEntries(usersOf(targets)),
    chosen: drawn.map(({ id }) => id),
  });
  const left = await runAll(folder, inOrder(nearest));
  if (left.length > 0) console.log(`test files that were not run to their end:\n  ${left.join("\n  ")}`);
  const failed = loggedIn(folder).flatMap((one) => one.failed);
  if (failed.length > 0)
    console.log(`tests that tell nothing, as they fail without any mutant:\n  ${failed.join("\n  ")}`);
  print(results(drawn, folder));
}

function targetsIn(folders: readonly string[]): readonly string[] {
  return folders
    .flatMap((folder) => (folder.endsWith(".ts") ? [folder] : globSync(`${folder}/**/*.ts`, { cwd: ROOT })))
    .filter((file) => !file.endsWith(".test.ts"))
    .toSorted();
}

function mutantsOf(targets: readonly string[]): readonly (Mutant & { readonly file: string })[] {
  return targets.flatMap((file, index) => {
    const { mutants } = instrument(readFileSync(join(ROOT, file), "utf8"), file, index * ID_STEP);
    return mutants.map((mutant) => ({ ...mutant, file }));
  });
}

function results(drawn: ReturnType<typeof mutantsOf>, folder: string): readonly Found[] {
  const log = loggedIn(folder);
  const fates = fatesIn(folder);
  const tried = new Set(log.flatMap((one) => one.tried));
  const met = new Set(log.flatMap((one) => one.met));
  const outcomeOf = (id: number): Outcome =>
    fates.get(id) ?? (tried.has(id) ? "survives" : met.has(id) ? "untried" : "unreached");
  return drawn.map((mutant) => ({ ...mutant, outcome: outcomeOf(mutant.id) }));
}

function print(found: readonly Found[]): void {
  for (const { file, line, kind, original, text, outcome } of found) {
    if (outcome === "killed" || outcome === "late") continue;
    console.log(`${outcome} ${file}:${line} ${kind}: ${short(original)} → ${short(text)}`);
  }
  for (const [folder, own] of Map.groupBy(found, ({ file }) => file.split("/").slice(0, 2).join("/"))) {
    console.log(`${folder}: ${scoreOf(own)}`);
    const kinds = [...Map.groupBy(own, ({ kind }) => groupOf(kind))];
    for (const [kind, some] of kinds) console.log(`  ${kind}: ${scoreOf(some)}`);
  }
}

/** Score of the found mutants; those that hang and those that no test reaches count as tried. */
function scoreOf(found: readonly Found[]): string {
  const count = (outcome: Outcome) => found.filter((one) => one.outcome === outcome).length;
  const [killed, late, untried] = [count("killed"), count("late"), count("untried")];
  const share = (100 * (killed + late)) / Math.max(1, found.length - untried);
  return (
    `${share.toFixed(1)} % of ${found.length - untried} killed (${killed} by a failure, ${late} by time; ` +
    `${count("survives")} survive, ${count("unreached")} in no test's way); ${untried} not tried`
  );
}

function groupOf(kind: string): string {
  return kind === "string" || kind === "regex" ? kind : "logic";
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > 90 ? `${line.slice(0, 87)}…` : line || "∅";
}
