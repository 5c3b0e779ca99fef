import type { Text } from "./text.ts";
import type { TrialPhaseName } from "./trial-facts.ts";

/**
 * Application that did not start in its trial, which leaves several rows unproven. Reported once, with its
 * output.
 */
export interface FailedStart {
  /** Phase in which the start failed. */
  readonly phase: TrialPhaseName;
  readonly reason: Text;
  readonly settle: Text;
  /** Last lines of output, masked and without colours. */
  readonly lines: readonly string[];
}
