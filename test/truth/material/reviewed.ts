/**
 * What a second reader has read of the material: each `no` with why its author can remove it. A `no` that is not here
 * fails the gate; so does one here that is not found any more.
 */
export interface Reviewed {
  readonly material: string;
  /** Of the finding, which begins with the rule. */
  readonly fingerprint: string;
  readonly removable: string;
}

export const REVIEWED: readonly Reviewed[] = [];
