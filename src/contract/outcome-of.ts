import type { Finding } from "./finding.ts";
import type { Outcome } from "./rule.ts";
import type { Text } from "./text.ts";

/** Findings of a rule. */
export interface Found {
  /** Findings, each of which refutes. */
  readonly findings: readonly Finding[];
  /** Whether the findings are inferred from static signs. */
  readonly presumed?: boolean;
  /** Notes, added to any outcome. */
  readonly notes?: readonly Finding[];
}

/** An examined item with a finding. */
export interface JudgedOne {
  readonly refutes: boolean;
  readonly finding: Finding;
}

/** Separates findings that refute from others, which become notes. */
export function sortFindings(judged: readonly JudgedOne[]): Required<Pick<Found, "findings" | "notes">> {
  const of = (refutes: boolean) =>
    judged.filter((one) => one.refutes === refutes).map(({ finding }) => finding);
  return { findings: of(true), notes: of(false) };
}

/**
 * Outcome of a rule that looks for refuting findings: a fail if there are any, otherwise a pass or another
 * outcome.
 *
 * @param otherwise proof of a pass, or the outcome instead of a pass
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

/** Findings of an outcome. */
export function foundIn(outcome: Outcome): Required<Found> {
  const { notes = [] } = outcome;
  if (outcome.status !== "fail") return { findings: [], presumed: false, notes };
  return { findings: outcome.findings, presumed: outcome.presumed === true, notes };
}
