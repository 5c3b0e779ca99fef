import { EXIT } from "../../contract/error.ts";
import { type FailOn, stops } from "../../contract/fail-on.ts";
import type { Verdict } from "../../contract/verdict.ts";

/** When several apply, the first of these is the exit code; 0 when none does. */
const PRECEDENCE: readonly number[] = [
  EXIT.bug,
  EXIT.refusedUnread,
  EXIT.usage,
  EXIT.invalid,
  EXIT.unavailable,
  EXIT.refused,
  EXIT.unproven,
];

/**
 * @param skipped what was found and not judged: nobody knows whether it would be refused, so that it
 *   stops the pipeline whatever shall stop it
 */
export function exitCodeOf(
  verdicts: readonly Pick<Verdict, "admitted">[],
  failures: readonly number[],
  failOn: FailOn,
  skipped: readonly unknown[] = [],
): number {
  const codes = [
    ...failures,
    ...verdicts.filter(({ admitted }) => stops(admitted, failOn)).map(({ admitted }) => STOPPED[admitted]),
    ...skipped.map(() => EXIT.unproven),
  ];
  if (failures.length > 0 && verdicts.some(({ admitted }) => admitted === "no"))
    codes.push(EXIT.refusedUnread);
  return PRECEDENCE.find((code) => codes.includes(code)) ?? EXIT.admitted;
}

const STOPPED: Readonly<Record<Verdict["admitted"], number>> = {
  no: EXIT.refused,
  unproven: EXIT.unproven,
  yes: EXIT.admitted,
};
