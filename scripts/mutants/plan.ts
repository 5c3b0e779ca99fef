import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Plan of one mutation run. Ids of a file begin at its index times ID_STEP. */
export interface Plan {
  /** Source files, relative to the repository, in the order of their ids. */
  readonly targets: readonly string[];
  /** Test files to run, by source file, the nearest first. */
  readonly nearest: Readonly<Record<string, readonly string[]>>;
  /** Importing files, by source file. */
  readonly users: Readonly<Record<string, readonly string[]>>;
  /** Ids of the mutants that are tried. */
  readonly chosen: readonly number[];
}

export const ID_STEP = 10_000;
/** The corpus, which reaches everything; it runs last, for mutants that survived nearer tests. */
export const CORPUS = "test/truth/truth.test.ts";

export function readPlan(folder: string): Plan {
  return JSON.parse(readFileSync(join(folder, "plan.json"), "utf8")) as Plan;
}

export function writePlan(folder: string, plan: Plan): void {
  writeFileSync(join(folder, "plan.json"), JSON.stringify(plan));
}

/** Source file of a mutant. */
export function targetOf(id: number, plan: Plan): string {
  return plan.targets[Math.floor(id / ID_STEP)] ?? "";
}
