import { VulnerabilityJudge } from "../../assess/vulnerability-judge.ts";
import type { Policy } from "../../policy/policy.ts";
import { openDatabase } from "../../vulnerabilities/database/open-database.ts";
import type { Session } from "../command-line/command.ts";
import { judgingTime } from "../process/judging-time.ts";
import type { AffectedValues } from "./flags.ts";
import { policyOf } from "./policy-of.ts";
import { trustedDirectory } from "./trusted-directory.ts";

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
  session: Session,
  { data: directory, policy: file }: Pick<AffectedValues, "data" | "policy">,
): Promise<OpenJudge> {
  const { context } = session;
  const policy = await policyOf(context, file);
  const time = judgingTime(context);
  const key = policy.vulnerabilityData?.publicKey;
  const data = openDatabase(await trustedDirectory(session, directory, key), time.today, key);
  return { judge: new VulnerabilityJudge(data, policy, time), policy, close: () => data.close() };
}
