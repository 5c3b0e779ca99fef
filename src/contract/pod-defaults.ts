// Values that the API server gives fields which a manifest leaves out:
// https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/

import type { PodSpecFacts, ProbeFacts } from "./pod-facts.ts";

/** Seconds from the stop signal until the containers are killed. */
export const GRACE_SECONDS = 30;

/** Restart policy of a pod that states none. */
export const RESTART_POLICY = "Always";

/** Name of the pod's service account; `serviceAccount` is the field's older name. */
export function serviceAccountOf(
  spec: Pick<PodSpecFacts, "serviceAccountName" | "serviceAccount"> | undefined,
): string {
  return spec?.serviceAccountName || spec?.serviceAccount || "default";
}

/** Numbers of a probe, times in seconds; the API server treats 0 as absent. */
export interface ProbeNumbers {
  readonly delay: number;
  readonly period: number;
  readonly timeout: number;
  readonly failures: number;
  readonly successes: number;
}

export function probeNumbers(probe: ProbeFacts = {}): ProbeNumbers {
  return {
    delay: probe.initialDelaySeconds ?? 0,
    period: probe.periodSeconds || 10,
    timeout: probe.timeoutSeconds || 1,
    failures: probe.failureThreshold || 3,
    successes: probe.successThreshold || 1,
  };
}

/** Lines of resolv.conf: the search suffixes, and the options, such as `ndots:5`. */
export interface ResolverLines {
  readonly searches: readonly string[];
  readonly options: readonly string[];
}

/** Namespace of a manifest without a namespace. */
export const DEFAULT_NAMESPACE = "default";

/** Resolver of a pod with dnsPolicy ClusterFirst. */
export function clusterResolver(namespace: string = DEFAULT_NAMESPACE): ResolverLines {
  return {
    searches: [`${namespace}.svc.cluster.local`, "svc.cluster.local", "cluster.local"],
    options: ["ndots:5"],
  };
}
