import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { instrument } from "./instrument.ts";
import { ID_STEP, readPlan } from "./plan.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const plan = readPlan(process.env["MUTANTS_FOLDER"] ?? "");
const numbers = new Map(plan.targets.map((file, index) => [join(ROOT, file), index * ID_STEP]));
const chosen = new Set(plan.chosen);
const tests = (process.env["MUTANTS_TESTS"] ?? "").split(" ");

/** Property tests draw the same few inputs each time: each mutant waits for all of them. */
const FEW_RUNS = "numRuns: 25, seed: 1";

/** Sequencer that keeps the given order. */
class InOrder {
  shard<T>(files: T): T {
    return files;
  }

  sort<T extends { readonly moduleId: string }>(files: readonly T[]): T[] {
    const place = ({ moduleId }: T) => tests.findIndex((test) => moduleId.endsWith(`/${test}`));
    return files.toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  root: ROOT,
  plugins: [
    {
      name: "mutants",
      enforce: "pre",
      load(id) {
        if (id.endsWith(".test.ts")) return readFileSync(id, "utf8").replaceAll(/numRuns: [\d_]+/g, FEW_RUNS);
        const first = numbers.get(id);
        return first === undefined ? null : instrument(readFileSync(id, "utf8"), id, first, chosen).code;
      },
    },
  ],
  test: {
    runner: join(import.meta.dirname, "runner.ts"),
    include: tests,
    exclude: ["**/node_modules/**"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // A single thread: the runner unloads the modules of the previous test file itself.
    maxWorkers: 1,
    isolate: false,
    sequence: { sequencer: InOrder },
    // Ids are the run's own: modules that another run has kept have others.
    fsModuleCachePath: join(process.env["MUTANTS_FOLDER"] ?? "", "modules"),
    update: false,
    watch: false,
  },
});
