import type { WorkloadFacts } from "../contract/workload-facts.ts";

/** Kinds that never start a pod before the replaced pod has ended. */
const ONE_BY_ONE: ReadonlySet<string> = new Set([
  "DaemonSet",
  "Pod",
  "ReplicaSet",
  "ReplicationController",
  "StatefulSet",
]);

/** Whether a rollout waits for the new pod to be ready before it ends the only old pod. */
export function overlapsOnRollout({ kind, rollout }: Pick<WorkloadFacts, "kind" | "rollout">): boolean {
  if (ONE_BY_ONE.has(kind)) return false;
  if (rollout === undefined) return true;
  if (rollout.isWithoutSurge === true) return false;
  return rollout.value !== "Recreate" && (rollout.value === 0 || /^\d?\d%$/.test(`${rollout.value}`));
}
