import { globSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Candidate, drawn } from "./draw.ts";
import { instrument } from "./instrument.ts";
import { fatesIn, loggedIn } from "./log.ts";
import { type Found, type Outcome, printFound } from "./outcome.ts";
import { ID_STEP, writePlan } from "./plan.ts";
import { inOrder, nearestTests, usersOf } from "./reach.ts";
import { runAll } from "./run-tests.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const FOLDERS = [
  "src/contract",
  "src/rules",
  "src/start",
  "src/secrets",
  "src/sbom",
  "src/vulnerabilities",
  "src/assess",
];

const OPTIONS = {
  share: { type: "string", default: "1" },
  count: { type: "string" },
  seed: { type: "string", default: "douane" },
  seconds: { type: "string", default: "5" },
  minutes: { type: "string", default: "1440" },
  folder: { type: "string" },
  unit: { type: "boolean", default: false },
} as const;

/** Runs the tests with the mutants of these folders, and prints the survivors and the score. */
export async function mutationScore(argv: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...argv], allowPositionals: true, options: OPTIONS });
  const { share, count, seed } = values;
  const folder = values.folder ?? mkdtempSync(join(tmpdir(), "douane-mutants-"));
  const targets = targetsIn(positionals.length === 0 ? FOLDERS : positionals);
  const chosen = drawn(mutantsOf(targets), {
    share: Number(share),
    count: count === undefined ? undefined : Number(count),
    seed,
  });
  const files = [...new Set(chosen.map(({ file }) => file))];
  const nearest = nearestTests(files, !values.unit);
  writePlan(folder, {
    targets,
    nearest: Object.fromEntries(nearest),
    users: Object.fromEntries(usersOf(files)),
    chosen: chosen.map(({ id }) => id),
  });
  const bounds = { seconds: Number(values.seconds), minutes: Number(values.minutes) };
  const left = await runAll(folder, inOrder(nearest), bounds);
  if (left.length > 0)
    console.log(`${left.length} test files were not run to their end; go on by --folder=${folder}`);
  const failed = loggedIn(folder).flatMap((one) => one.failed);
  if (failed.length > 0)
    console.log(`tests that tell nothing, as they fail without any mutant:\n  ${failed.join("\n  ")}`);
  const unrun = new Set(left);
  const isOpen = (file: string) => nearest.get(file)?.some((test) => unrun.has(test)) === true;
  printFound(results(chosen, folder, isOpen));
}

function targetsIn(folders: readonly string[]): readonly string[] {
  return folders
    .flatMap((folder) => (folder.endsWith(".ts") ? [folder] : globSync(`${folder}/**/*.ts`, { cwd: ROOT })))
    .filter((file) => !file.endsWith(".test.ts"))
    .toSorted();
}

function mutantsOf(targets: readonly string[]): readonly Candidate[] {
  return targets.flatMap((file, index) => {
    const { mutants } = instrument(readFileSync(join(ROOT, file), "utf8"), file, index * ID_STEP);
    return mutants.map((mutant) => ({ ...mutant, file }));
  });
}

/** @param isOpen whether a test file that reaches this source file was not run to its end */
function results(
  chosen: readonly Candidate[],
  folder: string,
  isOpen: (file: string) => boolean,
): readonly Found[] {
  const log = loggedIn(folder);
  const fates = fatesIn(folder);
  const idsOf = (field: "tried" | "met" | "skipped") => new Set(log.flatMap((one) => one[field]));
  const [tried, met, skipped] = [idsOf("tried"), idsOf("met"), idsOf("skipped")];
  const outcomeOf = ({ id, file }: Candidate): Outcome => {
    const fate = fates.get(id);
    if (fate !== undefined) return fate;
    if (skipped.has(id) || isOpen(file)) return "undecided";
    return tried.has(id) ? "survives" : met.has(id) ? "undecided" : "unreached";
  };
  return chosen.map((mutant) => ({ ...mutant, outcome: outcomeOf(mutant) }));
}
