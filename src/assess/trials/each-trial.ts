import type { BoundTrial } from "../../evidence/file.ts";

/** All trials that count for a container, in their order. */
export function eachTrial(tried: BoundTrial | undefined): readonly BoundTrial[] {
  return tried === undefined ? [] : [tried, ...(tried.others ?? [])];
}
