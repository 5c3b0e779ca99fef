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

export function isChosen(id: number, plan: Plan): boolean {
  return plan.share >= 1 || drawOf(id, plan) < plan.share;
}

/** From 0 to 1: the same seed draws the same mutants. */
export function drawOf(id: number, { seed }: Pick<Plan, "seed">): number {
  return createHash("sha1").update(`${seed} ${id}`).digest().readUInt32BE() / 2 ** 32;
}
