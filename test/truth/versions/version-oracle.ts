import type { VersionScheme } from "../../../src/vulnerabilities/versions/version-scheme.ts";

/** A pair of versions to be ordered. */
export type Pair = readonly [string, string];

/** The sign of an order; `undefined` where either is no version. */
export type Order = -1 | 0 | 1 | undefined;

/** An ecosystem's own program that orders its versions. */
export interface VersionOracle {
  readonly scheme: VersionScheme;
  /** Programs that must be installed. */
  readonly programs: readonly string[];
  /** Real versions, from which pairs are made. */
  readonly versions: readonly string[];
  /** Words in the scheme's versions, besides digits. */
  readonly words: readonly string[];
  /** Whether the program can judge a text: some take anything for a version, some no large numbers. Absent: all. */
  readonly judges?: (text: string) => boolean;
  /** All pairs in one process. */
  readonly orders: (pairs: readonly Pair[]) => readonly Order[];
}

export interface Difference {
  readonly pair: Pair;
  readonly ours: Order;
  readonly theirs: Order;
}

function orderOf(scheme: VersionScheme, [a, b]: Pair): Order {
  const found = scheme.compare(a, b);
  return found === undefined ? undefined : signOf(found);
}

export function signOf(order: number): -1 | 0 | 1 {
  if (order === 0) return 0;
  return order < 0 ? -1 : 1;
}

/** Pairs that the two order differently, among those that the program can judge. */
export function differences(oracle: VersionOracle, made: readonly Pair[]): readonly Difference[] {
  const pairs = judgedPairs(oracle, made);
  const answers = oracle.orders(pairs);
  if (answers.length !== pairs.length) {
    throw new Error(`${oracle.scheme.name}: ${answers.length} answers to ${pairs.length} pairs`);
  }
  return pairs.flatMap((pair, index) => {
    const ours = orderOf(oracle.scheme, pair);
    const theirs = answers[index];
    return ours === theirs ? [] : [{ pair, ours, theirs }];
  });
}

export function judgedPairs({ judges = () => true }: VersionOracle, pairs: readonly Pair[]): readonly Pair[] {
  return pairs.filter(([a, b]) => judges(a) && judges(b));
}
