import type { Acceptance } from "./verdict.ts";

/** Days before an acceptance ends on which that is said. */
const SOON = 14;

/**
 * `applied`: it took a finding out. `elsewhere`: the finding stands, in an image or workload to which
 * it is not bound. `absent`: what it is bound to was judged and has no such finding (any more).
 * `other-subjects`: nothing that it is bound to was judged. `expired`: it counts no longer.
 */
export const ACCEPTANCE_STATES = ["applied", "elsewhere", "absent", "other-subjects", "expired"] as const;

/** What became of one acceptance of the policy in one run. */
export interface AcceptanceUse {
  readonly acceptance: Acceptance;
  readonly state: (typeof ACCEPTANCE_STATES)[number];
  /** Days on which it still counts after today; negative when it has expired. */
  readonly daysLeft: number;
}

/** @param today `YYYY-MM-DD`, as `expires` */
export function daysLeft({ expires }: Pick<Acceptance, "expires">, today: string): number {
  return Math.round((Date.parse(expires) - Date.parse(today)) / 86_400_000);
}

/** It still counts, and will not for long. */
export function endsSoon(days: number): boolean {
  return days >= 0 && days <= SOON;
}
