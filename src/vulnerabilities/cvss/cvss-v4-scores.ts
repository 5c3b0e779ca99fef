/** Equivalence classes of a vector's metrics; threat and environment metrics take their worst values. */
export interface Classes {
  /** Exploitability: 0 (worst) to 2. */
  readonly eq1: number;
  /** Complexity: 0 or 1. */
  readonly eq2: number;
  /** Impact on the vulnerable system, combined with EQ6: `00`, `01`, `10`, `11` or `21`. */
  readonly eq3eq6: string;
  /** Impact on subsequent systems: 1 or 2; 0 requires environment metrics. */
  readonly eq4: number;
}

/** Scores for EQ4 of 1 and 2, by EQ3 with EQ6. */
type Row = Readonly<Record<string, readonly [number, number]>>;

/**
 * Scores of the worst vector of each combination of classes, published by FIRST with version 4.0, for EQ5 of
 * 0 (threat not stated) and EQ4 of 1 and 2 (no safety impact stated). By EQ1 and EQ2.
 */
const SCORES: Readonly<Record<string, Row>> = {
  "00": { "00": [10, 9.3], "01": [9.6, 9], "10": [9.3, 8.8], "11": [9.2, 8], "21": [7.9, 6.9] },
  "01": { "00": [9.5, 9.2], "01": [9.1, 8.1], "10": [9.2, 8.4], "11": [8.2, 7], "21": [7.1, 6.3] },
  "10": { "00": [9.4, 8.7], "01": [8.9, 7.5], "10": [8.6, 7.2], "11": [7.6, 5.7], "21": [6.5, 5.3] },
  "11": { "00": [9, 7.7], "01": [7.7, 6.6], "10": [7.4, 6.1], "11": [5.9, 5.2], "21": [5.8, 2.3] },
  "20": { "00": [8.6, 7], "01": [7.4, 5.4], "10": [7.2, 5.3], "11": [5.7, 3.6], "21": [4.7, 2.4] },
  "21": { "00": [7.3, 5.4], "01": [5.5, 4.3], "10": [6.1, 4.6], "11": [5.1, 1.8], "21": [2.4, 1] },
};

/** Score of the classes; undefined if the combination does not exist. */
export function scoreOf({ eq1, eq2, eq3eq6, eq4 }: Classes): number | undefined {
  return SCORES[`${eq1}${eq2}`]?.[eq3eq6]?.[eq4 - 1];
}
