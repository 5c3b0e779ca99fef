import type { FailedStart } from "../contract/failed-start.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";
import { outputLines } from "./output-lines.ts";
import { type PhaseRun, phaseRun } from "./phase-run.ts";
import { failedRun, whyUnobserved } from "./unobserved.ts";

const LINES = 20;

/**
 * Reason why the application started on neither root, or not on the read-only root, for all rules that are
 * therefore unproven; undefined if it started, or the reason is unknown.
 */
export function failedStart(trial: TrialFacts): FailedStart | undefined {
  const run = failedRun(trial) ?? crashed(phaseRun(trial, "read-only"));
  if (run === undefined) return undefined;
  const { reason, settle } = whyUnobserved(trial, run);
  return { phase: run.name, reason, settle, lines: outputLines(run).slice(-LINES) };
}

/** The run, if the application ended on its own with a read-only root. */
function crashed(run: PhaseRun): PhaseRun | undefined {
  return run.state === "exited" ? run : undefined;
}
