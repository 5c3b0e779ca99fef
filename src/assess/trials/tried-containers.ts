import { containerName, imagePlacements } from "../../contract/pod-containers.ts";
import type { TriedContainer } from "../../contract/verdict.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { BoundTrial } from "../../evidence/file.ts";
import { failedStart } from "../../observations/failed-start.ts";
import { eachTrial } from "./each-trial.ts";

/** Trials of an image, as the verdict shows them; empty without a trial. */
export function triedImage(tried: BoundTrial | undefined): readonly TriedContainer[] {
  return eachTrial(tried).map(({ trial }) => {
    const failed = failedStart(trial);
    return { facts: trial, ...(failed === undefined ? {} : { failedStart: failed }) };
  });
}

/**
 * Trials of a workload's containers, as the verdict shows them.
 *
 * @param trials trials by the container's path in the manifest
 */
export function triedWorkload(
  workload: WorkloadFacts,
  trials: ReadonlyMap<string, BoundTrial>,
): readonly TriedContainer[] {
  return imagePlacements(workload).flatMap((placement) => {
    const container = containerName(placement);
    return triedImage(trials.get(placement.path)).map((one) => ({ container, ...one }));
  });
}
