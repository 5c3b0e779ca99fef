import type { AcceptedVulnerability } from "./vulnerability-acceptance.ts";

/** Parameters of judging: the day, and settings of the platform. */
export interface JudgingFacts {
  /** ISO 8601, UTC; SOURCE_DATE_EPOCH fixes it. */
  readonly at: string;
  /** Share of the packages seen that an image's SBOM must name, in percent. */
  readonly sbomCoverage: number;
  /** Older vulnerability data prove nothing: days. */
  readonly vulnerabilityDataDays: number;
  /** Vulnerabilities below critical that the platform lives with; absent: none. */
  readonly acceptedVulnerabilities?: readonly AcceptedVulnerability[];
}

/** Defaults without a setting in the policy. */
export const JUDGING_DEFAULTS = {
  sbomCoverage: 90,
  vulnerabilityDataDays: 5,
} as const satisfies Partial<JudgingFacts>;
