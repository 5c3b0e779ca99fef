import type { ContainerFacts } from "./pod-facts.ts";
import { podField, type RawWorkload } from "./workload-facts.ts";

/**
 * Ephemeral containers of a pod (`kubectl debug`) with their paths. Only a running pod has them, through the
 * subresource `pods/ephemeralcontainers`; Pod Security checks them like other containers.
 */
export function ephemeralContainersOf(
  workload: RawWorkload,
): readonly { readonly path: string; readonly spec: ContainerFacts }[] {
  return workload.pod.spec.ephemeralContainers.map((spec, index) => ({
    path: podField(workload, `spec.ephemeralContainers[${index}]`),
    spec,
  }));
}
