import type { VolumeRequestFacts } from "../contract/volume-facts.ts";
import type { RawWorkload } from "../contract/workload-facts.ts";
import { isMapping } from "./decode/collections.ts";
import type { KubernetesObject } from "./objects/kind.ts";
import { amountOf } from "./validation/quantity.ts";

/** Properties by which a claim finds its volume. */
export interface VolumeRequest {
  readonly accessModes: readonly string[];
  /** Storage class; "" for the cluster's default, also if no class is set. */
  readonly storageClass: string;
  /** Name of the requested PersistentVolume. */
  readonly volumeName?: string;
  readonly volumeMode: string;
  readonly selector?: unknown;
  /** Bytes; NaN if unknown. */
  readonly storage: number;
}

/** A PersistentVolumeClaim among the manifests. */
export interface PersistentClaim extends VolumeRequest {
  readonly namespace?: string;
  readonly name: string;
}

/** Access modes that let pods of several nodes mount a volume. */
const FOR_MANY_NODES: ReadonlySet<string> = new Set(["ReadWriteMany", "ReadOnlyMany"]);

/** Older name of storageClassName; the older name takes precedence. */
const CLASS = "volume.beta.kubernetes.io/storage-class";

/** Claim in an object; undefined if the object is not a valid claim. */
export function claimOf({ apiVersion, kind, value }: KubernetesObject): PersistentClaim | undefined {
  if (apiVersion !== "v1" || kind !== "PersistentVolumeClaim") return undefined;
  const { metadata, spec } = value;
  if (!isMapping(metadata) || !isMapping(spec) || typeof metadata["name"] !== "string") return undefined;
  const modes = spec["accessModes"];
  if (!Array.isArray(modes) || !modes.every((mode) => typeof mode === "string")) return undefined;
  const { name, namespace } = metadata;
  const request = requestOf(spec);
  return {
    ...request,
    name,
    accessModes: modes,
    storageClass: storageClassOf(metadata) ?? request.storageClass,
    ...(typeof namespace === "string" ? { namespace } : {}),
  };
}

/** Request in a claim's spec, of an object or a template. */
export function requestOf(spec: Readonly<Record<string, unknown>> | VolumeRequestFacts): VolumeRequest {
  const { accessModes, storageClassName, volumeName, volumeMode, selector, resources } = spec as Readonly<
    Record<string, unknown>
  >;
  const requests = isMapping(resources) ? resources["requests"] : undefined;
  return {
    accessModes: textsOf(accessModes),
    storageClass: typeof storageClassName === "string" ? storageClassName : "",
    ...(typeof volumeName === "string" && volumeName !== "" ? { volumeName } : {}),
    volumeMode: modeOf(volumeMode),
    ...(isMapping(selector) ? { selector } : {}),
    storage: amountOf(isMapping(requests) ? requests["storage"] : undefined),
  };
}

/** Storage class in the annotation of claims and volumes, if set. */
export function storageClassOf({ annotations }: Readonly<Record<string, unknown>>): string | undefined {
  const named = isMapping(annotations) ? annotations[CLASS] : undefined;
  return typeof named === "string" ? named : undefined;
}

/** Volume mode; the API server's default is Filesystem. */
export function modeOf(volumeMode: unknown): string {
  return typeof volumeMode === "string" && volumeMode !== "" ? volumeMode : "Filesystem";
}

export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/**
 * Facts with the access modes of the claims that the pod mounts, as far as known. Of several claims with one
 * name, the most restrictive counts: for one node, then read-only.
 *
 * @param own claims of the workload's folder, which take precedence over others of their name
 * @param near claims of folders that may be applied together with the workload's folder, including its own
 */
export function withAccessModes(
  facts: RawWorkload,
  own: readonly PersistentClaim[],
  near: readonly PersistentClaim[],
): RawWorkload {
  if (!facts.claims.some(({ source }) => source === "claim")) return facts;
  return {
    ...facts,
    claims: facts.claims.map((mounted) => {
      if (mounted.source !== "claim") return mounted;
      const named = near.filter(({ name }) => name === mounted.name);
      const beside = named.filter((one) => own.includes(one));
      const [found] = (beside.length > 0 ? beside : named).toSorted((a, b) => width(a) - width(b));
      if (found === undefined) return mounted;
      const isBlock = named.some(({ volumeMode }) => volumeMode === "Block");
      return { ...mounted, accessModes: found.accessModes, ...(isBlock ? { isBlock } : {}) };
    }),
  };
}

/** Rank of a claim: 0 if for one node, 1 if read-only for several nodes, 2 if writable from several nodes. */
function width({ accessModes }: PersistentClaim): number {
  if (!accessModes.some((mode) => FOR_MANY_NODES.has(mode))) return 0;
  return accessModes.every((mode) => mode === "ReadOnlyMany") ? 1 : 2;
}
