import { VulnerabilityJudge } from "../../assess/vulnerability-judge.ts";
import type { Policy } from "../../policy/policy.ts";
import { openDatabase } from "../../vulnerabilities/database/open-database.ts";
import type { Context } from "../process/context.ts";
import { dataDirectory } from "../process/data-directory.ts";
import { judgingTime } from "../process/judging-time.ts";
import type { AffectedValues } from "./flags.ts";
import { policyOf } from "./policy-of.ts";

export interface OpenJudge {
  readonly judge: VulnerabilityJudge;
  readonly policy: Policy;
  readonly close: () => void;
}

/**
 * Judge of packages with this machine's data and the platform's policy.
 *
 * @throws UnavailableError `vulnerability-data-missing`; UsageError `source-date-epoch`, or for the policy's
 * file
 */
export async function openJudge(
  context: Context,
  { data: directory, policy: file }: Pick<AffectedValues, "data" | "policy">,
): Promise<OpenJudge> {
  const policy = await policyOf(context, file);
  const time = judgingTime(context);
  const key = policy.vulnerabilityData?.publicKey;
  const data = openDatabase(dataDirectory(context, directory), time.today, key);
  return { judge: new VulnerabilityJudge(data, policy, time), policy, close: () => data.close() };
}
