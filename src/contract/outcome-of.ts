import type { Finding } from "./finding.ts";
import type { Outcome } from "./rule.ts";
import type { Text } from "./text.ts";

/** What a rule found. */
export interface Found {
  /** Each of them refutes. */
  readonly findings: readonly Finding[];
  /** They are inferred from static signs. */
  readonly presumed?: boolean;
  /** They go with the outcome, whatever it is. */
  readonly notes?: readonly Finding[];
}

/** Something that a rule has looked at and has to say something about. */
export interface JudgedOne {
  readonly refutes: boolean;
  readonly finding: Finding;
}

/** What does not refute is worth a note. */
export function sortFindings(judged: readonly JudgedOne[]): Required<Pick<Found, "findings" | "notes">> {
  const of = (refutes: boolean) =>
    judged.filter((one) => one.refutes === refutes).map(({ finding }) => finding);
  return { findings: of(true), notes: of(false) };
}

/**
 * The outcome of a rule that looks for what refutes it: it fails by what it found; where it found
 * nothing it passes, unless there is something else to say.
 *
 * @param otherwise the proof of a pass, or the outcome in its place
 */
export function outcomeOf({ findings, presumed = false, notes }: Found, otherwise: Text | Outcome): Outcome {
  const noted = notes === undefined ? {} : { notes };
  const [first, ...rest] = findings;
  if (first !== undefined) {
    const fails = { status: "fail", findings: [first, ...rest] } as const;
    return { ...fails, ...(presumed ? { presumed: true } : {}), ...noted };
  }
  const outcome: Outcome = "status" in otherwise ? otherwise : { status: "pass", proof: otherwise };
  return { ...outcome, ...noted };
}

/** What a rule found, of its outcome. */
export function foundIn(outcome: Outcome): Required<Found> {
  const { notes = [] } = outcome;
  if (outcome.status !== "fail") return { findings: [], presumed: false, notes };
  return { findings: outcome.findings, presumed: outcome.presumed === true, notes };
}
