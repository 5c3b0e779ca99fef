import type { AppliedVex, VulnerabilityFinding } from "../../contract/vulnerability-facts.ts";

/**
 * Latest statement by signers of the policy, if the statement lifts the finding: the vulnerability is fixed,
 * or does not affect the image for one of OpenVEX's reasons. If statements of the same time contradict each
 * other, none lifts the finding. Without a date, a lifting statement has no effect, and any other statement
 * counts as the latest. Malware and vulnerabilities known to be exploited are never lifted.
 */
export function liftingVex({ vex = [], isMalware, exploited }: VulnerabilityFinding): LiftingVex | undefined {
  if (isMalware === true || exploited.length > 0) return undefined;
  const signed = vex.flatMap(({ signer, ...one }) => (signer === undefined ? [] : [{ ...one, signer }]));
  const [latest, ...others] = signed.toSorted((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1));
  if (latest === undefined) return undefined;
  const time = timeOf(latest);
  const all = [latest, ...others.filter((one) => timeOf(one) === time)];
  return Number.isFinite(time) && all.every(isLifting) ? latest : undefined;
}

/** A VEX statement by a signer of the policy. */
export interface LiftingVex extends AppliedVex {
  readonly signer: string;
}

function isLifting({ status, justification = "" }: AppliedVex): boolean {
  return status === "fixed" || (status === "not_affected" && JUSTIFICATIONS.has(justification));
}

/**
 * Justifications of a statement "not_affected":
 * https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md#status-justifications
 */
const JUSTIFICATIONS: ReadonlySet<string> = new Set([
  "component_not_present",
  "vulnerable_code_not_present",
  "vulnerable_code_not_in_execute_path",
  "vulnerable_code_cannot_be_controlled_by_adversary",
  "inline_mitigations_already_exist",
]);

/**
 * Time of a statement, in milliseconds since 1970. Without a date, a statement that lifts no finding counts as the
 * latest.
 */
function timeOf(statement: AppliedVex): number {
  const time = Date.parse(statement.timestamp ?? "");
  if (!Number.isNaN(time)) return time;
  return isLifting(statement) ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
