import type { ClusterFacts } from "../../../contract/evidence.ts";
import type { Outcome } from "../../../contract/rule.ts";
import { podField, type WorkloadFacts } from "../../../contract/workload-facts.ts";

/** The newest version of Pod Security that the tables of these rules know. */
const NEWEST_KNOWN = 37;

/** The version of the policy that applies: a newer cluster is judged by the newest that is known. */
export function policyVersion({ minor }: ClusterFacts): string {
  return `1.${Math.min(minor, NEWEST_KNOWN)}`;
}

/** Where the pod's operating system stands, which the exemption of Windows rests on. */
export function osPath(workload: WorkloadFacts): string {
  return podField(workload, "spec.os.name");
}

/**
 * What a rule about Linux alone says of a Windows pod: Pod Security exempts them from 1.25 on. The
 * kubelet of a Linux node refuses to run a pod that says it is for Windows.
 */
export function windowsExemption(workload: WorkloadFacts, { minor }: ClusterFacts): Outcome | undefined {
  if (minor < 25 || workload.pod.spec.os?.name !== "windows") return undefined;
  return {
    status: "n/a",
    reason: {
      fr: "pod Windows (spec.os.name) : ce réglage n'existe que sous Linux, Pod Security en dispense depuis 1.25",
      en: "a Windows pod (spec.os.name): this setting exists on Linux only, Pod Security exempts it since 1.25",
    },
  };
}
