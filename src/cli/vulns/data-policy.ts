import { JUDGING_DEFAULTS } from "../../contract/judging-facts.ts";
import type { Context } from "../process/context.ts";
import type { StatusValues } from "./flags.ts";
import { policyOf } from "./policy-of.ts";

/**
 * Settings for this machine's data: from the command line, otherwise the platform's policy, otherwise
 * defaults.
 */
export interface DataPolicy {
  /** Age in days above which data prove nothing. */
  readonly maxDays: number;
  readonly mirrors?: readonly string[];
  /** Public key as PEM. */
  readonly publicKey?: string;
}

export async function dataPolicy(
  context: Pick<Context, "cwd">,
  { policy: file, maxAge }: Pick<StatusValues, "policy" | "maxAge">,
): Promise<DataPolicy> {
  const { vulnerabilityDataDays: fallback } = JUDGING_DEFAULTS;
  const { vulnerabilityData, vulnerabilityDataDays } = await policyOf(context, file);
  return { ...vulnerabilityData, maxDays: maxAge ?? vulnerabilityDataDays ?? fallback };
}
