import { containerName, placements } from "../../../contract/pod-containers.ts";
import type { ContainerFacts, PodSpecFacts } from "../../../contract/pod-facts.ts";
import { podField, type WorkloadFacts } from "../../../contract/workload-facts.ts";

/** Owner of a field: the pod, or one of its containers. */
export interface Holder<Spec extends object = PodSpecFacts | ContainerFacts> {
  /** Path in the document: `spec.template.spec`, `spec.template.spec.containers[0]`. */
  readonly path: string;
  /** The container's name; absent for the pod. */
  readonly container?: string;
  /** Prefix of a field's name in messages: `spec.` for the pod, empty for a container. */
  readonly prefix: string;
  readonly spec: Spec;
}

export function podOf(workload: WorkloadFacts): Holder<PodSpecFacts> {
  return { path: podField(workload, "spec"), prefix: "spec.", spec: workload.pod.spec };
}

/** Init, app and ephemeral containers, all of which Pod Security checks. */
export function containersOf(workload: WorkloadFacts): readonly Holder<ContainerFacts>[] {
  return placements(workload).map((placement) => ({
    path: placement.path,
    container: containerName(placement),
    prefix: "",
    spec: placement.spec,
  }));
}

/** The pod and its containers, for fields that both may have. */
export function holdersOf(workload: WorkloadFacts): readonly Holder[] {
  return [podOf(workload), ...containersOf(workload)];
}
