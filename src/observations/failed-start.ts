import type { FailedStart } from "../contract/failed-start.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";
import { type PhaseRun, phaseRun } from "./phase-run.ts";
import { saidLines } from "./said-lines.ts";
import { failedRun, whyUnobserved } from "./unobserved.ts";

const LINES = 20;

/**
 * Why the application of a trial did not come up, on neither root or on the read-only one, once for all
 * that it leaves open; undefined: it did, or nobody knows.
 */
export function failedStart(trial: TrialFacts): FailedStart | undefined {
  const run = failedRun(trial) ?? crashed(phaseRun(trial, "read-only"));
  if (run === undefined) return undefined;
  const { reason, settle } = whyUnobserved(trial, run);
  return { phase: run.name, reason, settle, lines: saidLines(run).slice(-LINES) };
}

/** It ended by itself where the root cannot be written. */
function crashed(run: PhaseRun): PhaseRun | undefined {
  return run.state === "exited" ? run : undefined;
}
