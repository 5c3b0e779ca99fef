import type { AcceptedVulnerability } from "./vulnerability-acceptance.ts";

/** Parameters of judging: the time, and settings of the platform. */
export interface JudgingFacts {
  /** Time of judging, ISO 8601, UTC; SOURCE_DATE_EPOCH fixes it. */
  readonly at: string;
  /** Share of the image's packages that its SBOM must name, in percent. */
  readonly sbomCoverage: number;
  /** Age in days above which vulnerability data prove nothing. */
  readonly vulnerabilityDataDays: number;
  /** Platform of all nodes, by the policy: `os/architecture[/variant]`; absent if the policy states none. */
  readonly platform?: string;
  /** Vulnerabilities that the platform accepts; absent if there are none. */
  readonly acceptedVulnerabilities?: readonly AcceptedVulnerability[];
}

/** Defaults without a setting in the policy. */
export const JUDGING_DEFAULTS = {
  sbomCoverage: 90,
  vulnerabilityDataDays: 5,
} as const satisfies Partial<JudgingFacts>;
