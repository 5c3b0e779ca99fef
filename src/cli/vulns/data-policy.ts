import { resolve } from "node:path";
import { JUDGING_DEFAULTS } from "../../contract/judging-facts.ts";
import type { Context } from "../process/context.ts";
import type { StatusValues } from "./flags.ts";

/** What holds for the data of this machine: of the command line, else of the platform's policy, else by default. */
export interface DataPolicy {
  /** Older data prove nothing: days. */
  readonly maxDays: number;
  readonly mirrors?: readonly string[];
  /** PEM. */
  readonly publicKey?: string;
}

export async function dataPolicy(
  { cwd }: Pick<Context, "cwd">,
  { policy: file, maxAge }: Pick<StatusValues, "policy" | "maxAge">,
): Promise<DataPolicy> {
  const { vulnerabilityDataDays: fallback } = JUDGING_DEFAULTS;
  if (file === undefined) return { maxDays: maxAge ?? fallback };
  const { loadPolicy } = await import("../settings/load.ts");
  const { vulnerabilityData, vulnerabilityDataDays } = await loadPolicy(resolve(cwd, file), file);
  return { ...vulnerabilityData, maxDays: maxAge ?? vulnerabilityDataDays ?? fallback };
}
