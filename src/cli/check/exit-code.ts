import { EXIT } from "../../contract/error.ts";
import type { Verdict } from "../../contract/verdict.ts";

/** From which verdict on a pipeline fails. */
export type FailOn = "refused" | "unproven";

/** When several apply, the first of these is the exit code; 0 when none does. */
const PRECEDENCE: readonly number[] = [
  EXIT.bug,
  EXIT.usage,
  EXIT.invalid,
  EXIT.unavailable,
  EXIT.refused,
  EXIT.unproven,
];

export function exitCodeOf(
  verdicts: readonly Verdict[],
  failures: readonly number[],
  failOn: FailOn,
): number {
  const codes = [...failures, ...verdicts.map(({ admitted }) => codeOf(admitted, failOn))];
  return PRECEDENCE.find((code) => codes.includes(code)) ?? EXIT.admitted;
}

function codeOf(admitted: Verdict["admitted"], failOn: FailOn): number {
  if (admitted === "no") return EXIT.refused;
  return admitted === "unproven" && failOn === "unproven" ? EXIT.unproven : EXIT.admitted;
}
