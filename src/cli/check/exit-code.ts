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

/** @param skipped what was found and not judged: of a chart that is not rendered nothing is proven either */
export function exitCodeOf(
  verdicts: readonly Pick<Verdict, "admitted">[],
  failures: readonly number[],
  failOn: FailOn,
  skipped: readonly unknown[] = [],
): number {
  const answers = [
    ...verdicts.map(({ admitted }) => admitted),
    ...skipped.map((): Verdict["admitted"] => "unproven"),
  ];
  const codes = [...failures, ...answers.map((admitted) => codeOf(admitted, failOn))];
  return PRECEDENCE.find((code) => codes.includes(code)) ?? EXIT.admitted;
}

function codeOf(admitted: Verdict["admitted"], failOn: FailOn): number {
  if (admitted === "no") return EXIT.refused;
  return admitted === "unproven" && failOn === "unproven" ? EXIT.unproven : EXIT.admitted;
}
