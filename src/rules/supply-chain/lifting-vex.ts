import type { AppliedVex, VulnerabilityFinding } from "../../contract/vulnerability-facts.ts";

/**
 * Latest statement by signers of the policy, if it lifts the finding: the vulnerability is fixed, or does not
 * affect the image for a stated reason. If statements of the same time contradict each other, none of them
 * lifts. Malware and vulnerabilities known to be exploited are never lifted.
 */
export function liftingVex({ vex = [], isMalware, exploited }: VulnerabilityFinding): LiftingVex | undefined {
  if (isMalware === true || exploited.length > 0) return undefined;
  const [latest, ...others] = vex.flatMap(({ signer, ...one }) =>
    signer === undefined ? [] : [{ ...one, signer }],
  );
  if (latest === undefined) return undefined;
  const time = timeOf(latest);
  const all = [latest, ...others.filter((one) => timeOf(one) === time)];
  return all.every(isLifting) ? latest : undefined;
}

/** A VEX statement by a signer of the policy. */
export interface LiftingVex extends AppliedVex {
  readonly signer: string;
}

function isLifting({ status, justification = "" }: AppliedVex): boolean {
  return status === "fixed" || (status === "not_affected" && justification !== "");
}

/** Milliseconds since 1970; 0 for a statement without a date. */
function timeOf({ timestamp = "" }: AppliedVex): number {
  return Date.parse(timestamp) || 0;
}
