import { posix } from "node:path";
import type { ContainerFacts } from "../contract/pod-facts.ts";
import type { VolumeFacts } from "../contract/volume-facts.ts";
import type { WorkloadFacts } from "../contract/workload-facts.ts";

/** Volume types that Kubernetes always mounts read-only. */
const READ_ONLY = new Set(["configMap", "secret", "projected", "downwardAPI", "image"]);

/** Directories of a container that the manifest mounts writable, absolute. */
export function writableMounts(
  workload: WorkloadFacts,
  { volumeMounts = [] }: ContainerFacts,
): readonly string[] {
  const volumes = new Map(workload.pod.spec.volumes.map((volume) => [volume.name ?? "", volume]));
  const templates = new Set(
    workload.claims.flatMap(({ name, source }) => (source === "template" ? [name] : [])),
  );
  return volumeMounts.flatMap(({ name = "", mountPath = "", readOnly }) => {
    const volume = volumes.get(name);
    if (readOnly === true || mountPath === "") return [];
    if (volume === undefined ? !templates.has(name) : !isWritable(volume)) return [];
    return [posix.resolve("/", mountPath)];
  });
}

function isWritable({ sources, persistentVolumeClaim, csi }: VolumeFacts): boolean {
  if (persistentVolumeClaim?.readOnly === true || csi?.readOnly === true) return false;
  return !sources.some((source) => READ_ONLY.has(source));
}
