import type { Collected } from "../../contract/evidence.ts";
import { stillMasked } from "../../contract/masked.ts";
import type { RawTrial, TrialFacts } from "../../contract/trial-facts.ts";
import { type InvalidField, invalidAt } from "../../contract/workload-facts.ts";

export type Placed = Pick<Collected, "workload" | "placement"> & { readonly trial: TrialFacts };

/** Whether the manifest mounts the container's root read-only; false without a manifest or a valid field. */
export function mountedReadOnly({ workload, placement }: Placed): boolean | InvalidField {
  if (workload === undefined || placement === undefined) return false;
  const field = "securityContext.readOnlyRootFilesystem";
  return (
    invalidAt(workload, `${placement.path}.${field}`) ??
    placement.spec.securityContext?.readOnlyRootFilesystem === true
  );
}

/**
 * The trial without phases that differ from the deployed container: with a read-only root in the manifest,
 * phases on a writable root neither prove nor refute.
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
