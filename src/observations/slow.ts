import type { TrialFacts } from "../contract/trial-facts.ts";
import type { PhaseRun } from "./phase-run.ts";

/** Whether a start, or a batch, took so long that another run may exceed the trial's timeout by chance. */
export function isSlow({ settings }: TrialFacts, { ready, exit }: PhaseRun): boolean {
  if (ready?.by === "nothing") return true;
  return [ready ?? exit].some((event) => event !== undefined && event.afterMs * 2 > settings.readyMs);
}
