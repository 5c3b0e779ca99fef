import type { AcceptedVulnerability } from "./vulnerability-acceptance.ts";

/** What judging goes by beside what is judged: the day, and the platform's measures. */
export interface JudgingFacts {
  /** ISO 8601, UTC; SOURCE_DATE_EPOCH fixes it. */
  readonly at: string;
  /** Of the packages that are seen, how many an image's SBOM must name: per cent. */
  readonly sbomCoverage: number;
  /** Older vulnerability data prove nothing: days. */
  readonly vulnerabilityDataDays: number;
  /** Vulnerabilities below critical that the platform lives with; absent: none. */
  readonly acceptedVulnerabilities?: readonly AcceptedVulnerability[];
}

/** What holds where the platform's policy says nothing. */
export const JUDGING_DEFAULTS = {
  sbomCoverage: 90,
  vulnerabilityDataDays: 5,
} as const satisfies Partial<JudgingFacts>;
