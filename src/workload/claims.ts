import type { RawWorkload } from "../contract/workload-facts.ts";
import { isMapping } from "./decode/collections.ts";
import type { KubernetesObject } from "./kind.ts";

/** A PersistentVolumeClaim among the manifests. */
export interface PersistentClaim {
  readonly namespace?: string;
  readonly name: string;
  readonly accessModes: readonly string[];
}

/** The claim that an object is; undefined when it is none, or not a valid one. */
export function claimOf({ apiVersion, kind, value }: KubernetesObject): PersistentClaim | undefined {
  if (apiVersion !== "v1" || kind !== "PersistentVolumeClaim") return undefined;
  const { metadata, spec } = value;
  if (!isMapping(metadata) || !isMapping(spec) || typeof metadata["name"] !== "string") return undefined;
  const modes = spec["accessModes"];
  if (!Array.isArray(modes) || !modes.every((mode) => typeof mode === "string")) return undefined;
  const { name, namespace } = metadata;
  return { name, accessModes: modes, ...(typeof namespace === "string" ? { namespace } : {}) };
}

/** The facts with the access modes of the claims that their pod mounts, as far as they are known. */
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
