import { EXIT } from "../../contract/error.ts";
import { type FailOn, stops } from "../../contract/fail-on.ts";
import type { Verdict } from "../../contract/verdict.ts";

/** Exit codes by precedence: the first that applies is used, 0 if none does. */
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
 * @param skipped sources found but not judged. They might be refused, so they fail the pipeline independently
 * of --fail-on
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
