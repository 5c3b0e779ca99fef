import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { instrument } from "./instrument.ts";
import { ID_STEP, readPlan } from "./plan.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const plan = readPlan(process.env["MUTANTS_FOLDER"] ?? "");
const numbers = new Map(plan.targets.map((file, index) => [join(ROOT, file), index * ID_STEP]));

export default defineConfig({
  root: ROOT,
  plugins: [
    {
      name: "mutants",
      enforce: "pre",
      load(id) {
        const first = numbers.get(id);
        return first === undefined ? null : instrument(readFileSync(id, "utf8"), id, first).code;
      },
    },
  ],
  test: {
    runner: join(import.meta.dirname, "runner.ts"),
    include: (process.env["MUTANTS_TESTS"] ?? "").split(" "),
    exclude: ["**/node_modules/**"],
    testTimeout: 600_000,
    maxWorkers: 1,
    // Ids are the run's own: modules that another run has kept have others.
    fsModuleCachePath: join(process.env["MUTANTS_FOLDER"] ?? "", "modules"),
    update: false,
    watch: false,
  },
});
