import type { TrialFacts } from "../../contract/trial-facts.ts";
import { observed } from "../../observations/observed.ts";

/** Files that contain only a time: the time of their creation, which differs in each start and instance. */
export function timesOnly({ observations }: TrialFacts): ReadonlySet<string> {
  const writes = observed(observations, "write");
  return new Set(writes.flatMap(({ path, sample = "" }) => (TIME.test(sample) ? [path] : [])));
}

const TIME = /^\s*(?:\d{10}(?:\d{3})?|\d{4}-\d\d-\d\d(?:[T ][\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)?)\s*$/;
