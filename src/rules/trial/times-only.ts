import type { TrialFacts } from "../../contract/trial-facts.ts";
import { observed } from "../../observations/observed.ts";

/** Files that hold nothing but a time: when they were made, which each start and each instance has its own of. */
export function timesOnly({ observations }: TrialFacts): ReadonlySet<string> {
  const writes = observed(observations, "write");
  return new Set(writes.flatMap(({ path, sample = "" }) => (TIME.test(sample) ? [path] : [])));
}

const TIME = /^\s*(?:\d{10}(?:\d{3})?|\d{4}-\d\d-\d\d(?:[T ][\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)?)\s*$/;
