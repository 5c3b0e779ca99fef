import type { Text } from "./text.ts";
import type { TrialPhaseName } from "./trial-facts.ts";

/** An application that did not come up on trial, which leaves several rows open: told once, with what it said. */
export interface FailedStart {
  /** In which it was seen. */
  readonly phase: TrialPhaseName;
  readonly reason: Text;
  readonly settle: Text;
  /** Its last words, masked and without colours, each a line. */
  readonly lines: readonly string[];
}
