import type { ClaimFacts, RawWorkload } from "../../contract/workload-facts.ts";

/**
 * Whether no container can write to a volume, whatever its mount says: its source is read-only, its claim has
 * only the access mode ReadOnlyMany, or its claim leads to read-only storage. A claim that is not among the
 * files is assumed writable.
 *
 * @param name name of the volume, or of a volumeClaimTemplate
 */
export function isReadOnlyVolume(
  name: string,
  { pod, claims }: Pick<RawWorkload, "pod" | "claims">,
): boolean {
  const volume = pod.spec.volumes.find((one) => one.name === name);
  const { persistentVolumeClaim: claim, csi } = volume ?? {};
  if (claim?.readOnly === true || csi?.readOnly === true) return true;
  const of = (source: ClaimFacts["source"], claimName: string | undefined): ClaimFacts | undefined =>
    claims.find((one) => one.source === source && one.name === claimName);
  const found = of("template", name) ?? of("ephemeral", name) ?? of("claim", claim?.claimName);
  if (found?.isReadOnly === true) return true;
  const modes = found?.accessModes ?? found?.requested?.accessModes ?? [];
  return modes.length > 0 && modes.every((mode) => mode === "ReadOnlyMany");
}
