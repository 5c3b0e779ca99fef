import type { RawWorkload } from "../contract/workload-facts.ts";
import { isMapping } from "./decode/collections.ts";
import { isMeant, nameTest, requestsFor } from "./node-volumes.ts";
import { groupOf, type KubernetesObject } from "./objects/kind.ts";
import { type PersistentClaim, textsOf } from "./persistent-volume-claims.ts";

/** A PersistentVolume or StorageClass of the manifests whose file systems no pod can write to. */
export interface ReadOnlyStorage {
  readonly kind: "PersistentVolume" | "StorageClass";
  readonly name: string;
  /** Claim for which a PersistentVolume is reserved. */
  readonly claim?: { readonly namespace: string; readonly name: string };
}

/**
 * Read-only storage in an object: a volume whose source is readOnly, or that is offered only as ReadOnlyMany;
 * or a PersistentVolume or StorageClass with the mount option `ro`. Undefined for other objects.
 */
export function readOnlyStorageOf(object: KubernetesObject): ReadOnlyStorage | undefined {
  const { apiVersion, kind, value } = object;
  const { metadata, spec } = value;
  const name = isMapping(metadata) ? metadata["name"] : undefined;
  if (typeof name !== "string") return undefined;
  if (kind === "StorageClass" && groupOf(object) === "storage.k8s.io") {
    return isMountedReadOnly(value) ? { kind, name } : undefined;
  }
  if (kind !== "PersistentVolume" || apiVersion !== "v1" || !isMapping(spec)) return undefined;
  const modes = textsOf(spec["accessModes"]);
  const isOffered = modes.length > 0 && modes.every((mode) => mode === "ReadOnlyMany");
  const isSource = Object.values(spec).some((source) => isMapping(source) && source["readOnly"] === true);
  if (!isOffered && !isSource && !isMountedReadOnly(spec)) return undefined;
  const { claimRef } = spec;
  const [of, claim] = isMapping(claimRef) ? [claimRef["namespace"], claimRef["name"]] : [];
  if (typeof claim !== "string") return { kind, name };
  return { kind, name, claim: { namespace: typeof of === "string" ? of : "", name: claim } };
}

function isMountedReadOnly({ mountOptions }: Readonly<Record<string, unknown>>): boolean {
  return textsOf(mountOptions).some((options) => options.split(",").includes("ro"));
}

/**
 * Facts in which claims are marked if they name read-only storage, or if read-only storage is reserved for them.
 *
 * @param claims claims that the workload may mount
 */
export function withReadOnlyStorage(
  facts: RawWorkload,
  claims: readonly PersistentClaim[],
  storage: readonly ReadOnlyStorage[],
): RawWorkload {
  if (storage.length === 0) return facts;
  const marked = facts.claims.map((mounted) => {
    const isNamed = nameTest(mounted, facts);
    const made = claims.filter(({ name }) => isNamed(name));
    const requests = requestsFor(mounted, made);
    const found = storage.some((one) =>
      one.kind === "StorageClass"
        ? requests.some(({ storageClass }) => storageClass === one.name)
        : isMeant(one, requests, facts.namespace, isNamed) === true,
    );
    return found ? { ...mounted, isReadOnly: true as const } : mounted;
  });
  return { ...facts, claims: marked };
}
