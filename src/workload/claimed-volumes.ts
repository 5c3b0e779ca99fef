import type { PodFacts } from "../contract/pod-facts.ts";
import type { ClaimFacts } from "../contract/workload-facts.ts";

/**
 * Pod of a StatefulSet whose claims hide volumes of the same name, which its controller replaces by the
 * claims of volumeClaimTemplates (pkg/controller/statefulset/stateful_set_utils.go, updateStorage). A hidden
 * volume keeps its index and its name, without a source.
 */
export function withClaimedVolumes(kind: string, pod: PodFacts, claims: readonly ClaimFacts[]): PodFacts {
  if (kind !== "StatefulSet") return pod;
  const templates = new Set(claims.filter(({ source }) => source === "template").map(({ name }) => name));
  const isHidden = (name: string | undefined): boolean => name !== undefined && templates.has(name);
  const { spec } = pod;
  if (!spec.volumes.some(({ name }) => isHidden(name))) return pod;
  const volumes = spec.volumes.map((volume) => {
    const { name } = volume;
    return name !== undefined && isHidden(name) ? { name, sources: [] } : volume;
  });
  return { ...pod, spec: { ...spec, volumes } };
}
