import type { FailedStart } from "../../contract/failed-start.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { saidLines } from "./said-lines.ts";
import { failedRun, whyUnobserved } from "./unobserved.ts";

const LINES = 20;

/** Why the application of a trial came up on neither root, once for all that it leaves open; undefined: it did, or nobody knows. */
export function failedStart(trial: TrialFacts): FailedStart | undefined {
  const run = failedRun(trial);
  if (run === undefined) return undefined;
  const { reason, settle } = whyUnobserved(trial, run);
  return { phase: run.name, reason, settle, lines: saidLines(run).slice(-LINES) };
}
