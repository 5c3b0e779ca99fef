import { JUDGING_DEFAULTS, type JudgingFacts } from "../contract/judging-facts.ts";
import type { Policy } from "../policy/policy.ts";
import type { AssessmentPorts } from "./run/request.ts";

/** Parameters of judging besides evidence: the date, and settings of the policy. */
export function judgingFacts(
  {
    sbomCoverage = JUDGING_DEFAULTS.sbomCoverage,
    vulnerabilityDataDays = JUDGING_DEFAULTS.vulnerabilityDataDays,
    acceptedVulnerabilities = [],
    platform,
  }: Policy,
  { today, judgedAt = `${today}T00:00:00.000Z` }: Pick<AssessmentPorts, "today" | "judgedAt">,
): JudgingFacts {
  const ofNodes = platform === undefined ? {} : { platform };
  return { at: judgedAt, sbomCoverage, vulnerabilityDataDays, ...ofNodes, acceptedVulnerabilities };
}
