/** Cause of a grace period, which decides its length. */
export type GraceKind = "critical" | "exploited" | "rule";

/** Section of the policy on grace periods. */
export interface GraceSettings {
  readonly criticalDays?: number | undefined;
  readonly exploitedDays?: number | undefined;
  readonly ruleDays?: number | undefined;
  readonly endingPerHour?: number | undefined;
}

/** Defaults of the section; without it there are no grace periods. */
export const GRACE_DEFAULTS = {
  criticalDays: 7,
  exploitedDays: 2,
  ruleDays: 7,
  endingPerHour: 20,
} as const satisfies GraceSettings;

/** Days by kind; 0: no grace period. */
export function graceDays({
  criticalDays = GRACE_DEFAULTS.criticalDays,
  exploitedDays = GRACE_DEFAULTS.exploitedDays,
  ruleDays = GRACE_DEFAULTS.ruleDays,
}: GraceSettings): Readonly<Record<GraceKind, number>> {
  return { critical: criticalDays, exploited: exploitedDays, rule: ruleDays };
}
