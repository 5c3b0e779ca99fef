/**
 * A `no` of the material that a second reader has read, with the reason why its author can remove it. A `no`
 * missing in this list fails the gate; so does a listed one that is not found any more.
 */
export interface Reviewed {
  readonly material: string;
  /** Fingerprint of the finding, which begins with the rule. */
  readonly fingerprint: string;
  readonly removable: string;
}

export const REVIEWED: readonly Reviewed[] = [];
