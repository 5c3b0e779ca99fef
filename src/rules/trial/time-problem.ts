import type { Finding } from "../../contract/finding.ts";
import type { Text } from "../../contract/text.ts";
import type { PhaseRun } from "../../observations/phase-run.ts";

/** A time of the trial that a probe may not allow. */
export interface TimeProblem {
  readonly finding: Finding & { readonly remedy: Text };
  /**
   * Whether the excess is larger than differences between machines, and was measured with the deployed probe.
   */
  readonly isCertain: boolean;
  /** Runs in which the time was measured. */
  readonly runs: readonly PhaseRun[];
}

/**
 * Factor by which the trial's machine may be slower than a cluster's. Only a time beyond limit × factor
 * refutes; a time between leaves the row open.
 */
export const SLOWER = 1.5;
