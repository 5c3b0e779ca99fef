import { VulnerabilityJudge } from "../../assess/vulnerability-judge.ts";
import { UsageError } from "../../contract/error.ts";
import type { Policy } from "../../policy/policy.ts";
import { openDatabase } from "../../vulnerabilities/database/open-database.ts";
import type { Context } from "../process/context.ts";
import { dataDirectory, untrustedData } from "../process/data-directory.ts";
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
 * @throws UnavailableError `vulnerability-data-missing`; UsageError `source-date-epoch`,
 * `data-directory-untrusted`, or for the policy's file
 */
export async function openJudge(
  context: Context,
  { data: directory, policy: file }: Pick<AffectedValues, "data" | "policy">,
): Promise<OpenJudge> {
  const policy = await policyOf(context, file);
  const time = judgingTime(context);
  const key = policy.vulnerabilityData?.publicKey;
  const untrusted = untrustedData(context, directory, key);
  if (untrusted !== undefined) throw new UsageError("data-directory-untrusted", untrusted);
  const data = openDatabase(dataDirectory(context, directory), time.today, key);
  return { judge: new VulnerabilityJudge(data, policy, time), policy, close: () => data.close() };
}
