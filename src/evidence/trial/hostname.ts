import type { WorkloadFacts } from "../../contract/workload-facts.ts";

const HOSTNAME = "douane-trial";

/** What the pod of a trial is called. */
export function hostnameOf(workload: WorkloadFacts | undefined): string {
  return workload?.pod.spec.hostname ?? HOSTNAME;
}
