import type { RawWorkload } from "../contract/workload-facts.ts";
import { isMapping } from "./decode/collections.ts";
import type { KubernetesObject } from "./objects/kind.ts";

/** A PersistentVolumeClaim among the manifests. */
export interface PersistentClaim {
  readonly namespace?: string;
  readonly name: string;
  readonly accessModes: readonly string[];
  /** Storage class; "" for the cluster's default, also if it is not set. */
  readonly storageClass: string;
  /** Name of the requested PersistentVolume. */
  readonly volumeName?: string;
}

/** Claim in an object; undefined if the object is not a valid claim. */
export function claimOf({ apiVersion, kind, value }: KubernetesObject): PersistentClaim | undefined {
  if (apiVersion !== "v1" || kind !== "PersistentVolumeClaim") return undefined;
  const { metadata, spec } = value;
  if (!isMapping(metadata) || !isMapping(spec) || typeof metadata["name"] !== "string") return undefined;
  const modes = spec["accessModes"];
  if (!Array.isArray(modes) || !modes.every((mode) => typeof mode === "string")) return undefined;
  const { name, namespace } = metadata;
  const { storageClassName, volumeName } = spec;
  return {
    name,
    accessModes: modes,
    storageClass: typeof storageClassName === "string" ? storageClassName : "",
    ...(typeof namespace === "string" ? { namespace } : {}),
    ...(typeof volumeName === "string" ? { volumeName } : {}),
  };
}

/** Facts with the access modes of the claims that the pod mounts, as far as they are known. */
export function withAccessModes(facts: RawWorkload, claims: readonly PersistentClaim[]): RawWorkload {
  if (!facts.claims.some(({ source }) => source === "claim")) return facts;
  return {
    ...facts,
    claims: facts.claims.map((mounted) => {
      if (mounted.source === "template") return mounted;
      const found = claims.find(({ name, namespace }) => {
        return name === mounted.name && namespace === facts.namespace;
      });
      return found === undefined ? mounted : { ...mounted, accessModes: found.accessModes };
    }),
  };
}
