import type { Acceptance } from "./verdict.ts";

/** Number of days before its expiry at which an acceptance is announced as ending soon. */
const SOON = 14;

/**
 * `applied`: a finding was removed. `elsewhere`: the finding exists in an image or workload outside the
 * scope. `absent`: the scope was judged without this finding. `other-subjects`: nothing in the scope was
 * judged. `expired`: the acceptance is no longer valid.
 */
export const ACCEPTANCE_STATES = ["applied", "elsewhere", "absent", "other-subjects", "expired"] as const;

/** Effect of one acceptance of the policy in one run. */
export interface AcceptanceUse {
  readonly acceptance: Acceptance;
  readonly state: (typeof ACCEPTANCE_STATES)[number];
  /** Remaining days after today; negative if expired. */
  readonly daysLeft: number;
}

/** @param today `YYYY-MM-DD`, like `expires` */
export function daysLeft({ expires }: Pick<Acceptance, "expires">, today: string): number {
  return Math.round((Date.parse(expires) - Date.parse(today)) / 86_400_000);
}

/** Whether the acceptance is valid and expires soon. */
export function endsSoon(days: number): boolean {
  return days >= 0 && days <= SOON;
}
