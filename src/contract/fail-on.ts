import type { Verdict } from "./verdict.ts";

/** Verdicts from which on a pipeline fails, the stricter last. */
export const FAIL_ON = ["refused", "unproven"] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** Whether a verdict stops the pipeline. */
export function stops(admitted: Verdict["admitted"], failOn: FailOn): boolean {
  return admitted === "no" || (admitted === "unproven" && failOn === "unproven");
}
