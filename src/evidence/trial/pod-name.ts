import { randomBytes } from "node:crypto";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import { FIRST_ORDINAL, podIdentity } from "./pod-identity.ts";

/** Alphabet of Kubernetes' pod names: without vowels and ambiguous characters (apimachinery, util/rand). */
const ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
/** Longest host name, and the length of its random parts with separators. */
const [LONGEST, RANDOM] = [63, 16];

/** Longest host name of Linux (HOST_NAME_MAX), beyond which the kubelet starts no pod. */
const LONGEST_FULL = 64;

/**
 * Host name of a workload's pod, or of the pod of an image alone (kubelet_pods.go, GeneratePodHostNameAndDomain).
 */
export function hostnameOf(workload: WorkloadFacts | undefined, source: string): string {
  if (workload === undefined) return podName(undefined, source);
  const { hostnameOverride, setHostnameAsFQDN } = workload.pod.spec;
  if (hostnameOverride !== undefined) return hostnameOverride;
  const { hostname, subdomain } = podIdentity(workload);
  const own = hostname ?? podName(workload, source);
  if (setHostnameAsFQDN !== true || subdomain === "") return own;
  const full = `${own}.${subdomain}.${workload.namespace ?? "default"}.svc.cluster.local`;
  return full.length > LONGEST_FULL ? own : full;
}

/**
 * Host name of the trial's pod: like a pod's in a cluster, and new each time, so that an image cannot detect
 * the trial and behave better in it.
 *
 * @param source source of the image, as the user wrote it
 */
export function podName(
  workload: Pick<WorkloadFacts, "kind" | "name" | "job" | "statefulSet" | "pod"> | undefined,
  source: string,
): string {
  const base = label(workload?.name ?? "") || label(imageName(source)) || "app";
  // Pods of StatefulSets and of Indexed Jobs are named NAME-ORDINAL; some applications parse the ordinal.
  const ordinal = workload === undefined ? undefined : podIdentity(workload).ordinal;
  return ordinal === undefined ? `${base}-${random(9)}-${random(5)}` : `${base}-${ordinal}`;
}

/** Variables that a Job's controller adds to containers without them (job_controller.go). */
export function indexVariables({ job }: Pick<WorkloadFacts, "job">): ReadonlyMap<string, string> {
  return new Map(job?.isIndexed === true ? [["JOB_COMPLETION_INDEX", `${FIRST_ORDINAL}`]] : []);
}

/** Name of an image: `registry.example/team/web:1.2@sha256:…` and `oci:build/web:test` → `web`. */
function imageName(source: string): string {
  return (source.split("@")[0] ?? "").replace(/:[^/:]*$/, "").replace(/^.*[/:]/, "");
}

function label(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, LONGEST - RANDOM)
    .replace(/-$/, "");
}

function random(length: number): string {
  return [...randomBytes(length)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
}
