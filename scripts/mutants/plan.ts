import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What one run of mutation testing does. Ids of a file begin at its number times ID_STEP. */
export interface Plan {
  /** Source files, relative to the repository, in the order of their ids. */
  readonly targets: readonly string[];
  /** 0 to 1: of the mutants. */
  readonly share: number;
  readonly seed: string;
}

export const ID_STEP = 10_000;

export function readPlan(folder: string): Plan {
  return JSON.parse(readFileSync(join(folder, "plan.json"), "utf8")) as Plan;
}

export function writePlan(folder: string, plan: Plan): void {
  writeFileSync(join(folder, "plan.json"), JSON.stringify(plan));
}

/** The same seed chooses the same mutants. */
export function isChosen(id: number, { share, seed }: Plan): boolean {
  if (share >= 1) return true;
  const drawn = createHash("sha1").update(`${seed} ${id}`).digest().readUInt32BE();
  return drawn / 2 ** 32 < share;
}
