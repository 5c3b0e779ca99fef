import type { Collected } from "../../contract/evidence.ts";
import { stillMasked } from "../../contract/masked.ts";
import type { RawTrial, TrialFacts } from "../../contract/trial-facts.ts";
import { type InvalidField, invalidAt } from "../../contract/workload-facts.ts";

export type Placed = Pick<Collected, "workload" | "placement"> & { readonly trial: TrialFacts };

/** Whether the manifest mounts the container's root read-only; false without a manifest, or where it does not say so validly. */
export function mountedReadOnly({ workload, placement }: Placed): boolean | InvalidField {
  if (workload === undefined || placement === undefined) return false;
  const field = "securityContext.readOnlyRootFilesystem";
  return (
    invalidAt(workload, `${placement.path}.${field}`) ??
    placement.spec.securityContext?.readOnlyRootFilesystem === true
  );
}

/**
 * The trial without the phases that show another container than the one that is deployed: where the
 * manifest mounts the root read-only, what happened on a writable root neither proves nor refutes.
 */
export function asDeployed(placed: Placed): TrialFacts {
  const { trial } = placed;
  return mountedReadOnly(placed) === true ? stillMasked(onReadOnlyRoot(trial), trial) : trial;
}

function onReadOnlyRoot(trial: RawTrial): RawTrial {
  return {
    ...trial,
    phases: trial.phases.filter(({ root }) => root === "read-only"),
    observations: trial.observations.filter(({ root }) => root === "read-only"),
  };
}
