import type { RawWorkload } from "../contract/workload-facts.ts";
import type { PersistentClaim } from "./claims.ts";
import { isMapping } from "./decode/collections.ts";
import type { KubernetesObject } from "./objects/kind.ts";

/** A PersistentVolume of the manifests that is a directory of a node. */
export interface NodeVolume {
  readonly name: string;
  readonly source: "hostPath" | "local";
  readonly storageClass: string;
  /** Claim for which the volume is reserved. */
  readonly claim?: { readonly namespace: string; readonly name: string };
}

/** Volume in an object; undefined if the object is not a PersistentVolume of a node. */
export function nodeVolumeOf({ apiVersion, kind, value }: KubernetesObject): NodeVolume | undefined {
  if (apiVersion !== "v1" || kind !== "PersistentVolume") return undefined;
  const { metadata, spec } = value;
  if (!isMapping(metadata) || !isMapping(spec)) return undefined;
  const source = (["hostPath", "local"] as const).find((one) => isMapping(spec[one]));
  if (source === undefined) return undefined;
  const { claimRef } = spec;
  const claim = isMapping(claimRef)
    ? { namespace: textOf(claimRef["namespace"]), name: textOf(claimRef["name"]) }
    : undefined;
  return {
    name: textOf(metadata["name"]),
    source,
    storageClass: textOf(spec["storageClassName"]),
    ...(claim === undefined ? {} : { claim }),
  };
}

/** The facts with node folders that the pod's claims are bound to, as far as manifests show. */
export function withNodeVolumes(
  facts: RawWorkload,
  claims: readonly PersistentClaim[],
  volumes: readonly NodeVolume[],
): RawWorkload {
  if (volumes.length === 0 || facts.claims.length === 0) return facts;
  const { namespace = "", name: workload } = facts;
  const bound = facts.claims.map((mounted) => {
    const claim = claims.find((one) => one.name === mounted.name && (one.namespace ?? "") === namespace);
    const volume = volumes.find((one) => {
      if (one.name !== "" && one.name === claim?.volumeName) return true;
      if (one.claim === undefined) return claim !== undefined && claim.storageClass === one.storageClass;
      if (one.claim.namespace !== namespace) return false;
      if (mounted.source === "claim") return one.claim.name === mounted.name;
      // Each pod of a StatefulSet has its own claim: `data-web-0`.
      return one.claim.name.startsWith(`${mounted.name}-${workload}-`);
    });
    return volume === undefined ? mounted : { ...mounted, onNode: `${volume.name} (${volume.source})` };
  });
  return { ...facts, claims: bound };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
