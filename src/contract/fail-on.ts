import type { Verdict } from "./verdict.ts";

/** Verdicts at which a pipeline fails, least strict first. */
export const FAIL_ON = ["refused", "unproven"] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** Whether a verdict stops the pipeline. */
export function stops(admitted: Verdict["admitted"], failOn: FailOn): boolean {
  return admitted === "no" || (admitted === "unproven" && failOn === "unproven");
}
