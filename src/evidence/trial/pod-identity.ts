import type { RawWorkload } from "../../contract/workload-facts.ts";

/** Host name and domain of a pod, as chosen by its controller or its template. */
export interface PodIdentity {
  /** Number at the end of the host name; absent if the pods are not numbered. */
  readonly ordinal?: number;
  /** Host name of the template; absent if the controller replaces it, or if the pod's name is used. */
  readonly hostname?: string;
  /** Name of the headless Service that is the domain of the pod's full name; empty without a full name. */
  readonly subdomain: string;
}

/**
 * Index of the tried pod of an Indexed Job or of a StatefulSet, unless the StatefulSet starts at another
 * ordinal.
 */
export const FIRST_ORDINAL = 0;

/**
 * Identity of a workload's pod. The controller of a StatefulSet replaces the template's hostname and
 * subdomain by the pod's name and `serviceName` (pkg/controller/statefulset/stateful_set_utils.go,
 * initIdentity); the controller of an Indexed Job replaces the hostname
 * (pkg/controller/job/job_controller.go, manageJob).
 */
export function podIdentity({
  kind,
  job,
  statefulSet = {},
  pod: { spec },
}: Pick<RawWorkload, "kind" | "job" | "statefulSet" | "pod">): PodIdentity {
  const { hostname, subdomain = "" } = spec;
  if (kind === "StatefulSet") {
    const { firstOrdinal = FIRST_ORDINAL, serviceName = "" } = statefulSet;
    return { ordinal: firstOrdinal, subdomain: serviceName };
  }
  if (job?.isIndexed === true) return { ordinal: FIRST_ORDINAL, subdomain };
  return { ...(hostname === undefined ? {} : { hostname }), subdomain };
}
