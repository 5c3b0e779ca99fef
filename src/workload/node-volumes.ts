import type { ClaimFacts, RawWorkload } from "../contract/workload-facts.ts";
import { isMapping } from "./decode/collections.ts";
import type { KubernetesObject } from "./objects/kind.ts";
import {
  modeOf,
  type PersistentClaim,
  requestOf,
  storageClassOf,
  textsOf,
  type VolumeRequest,
} from "./persistent-volume-claims.ts";
import { maySelectPods } from "./related/selectors.ts";
import { amountOf, isMore } from "./validation/quantity.ts";

/** A PersistentVolume of the manifests that is a directory of a node. */
export interface NodeVolume {
  readonly name: string;
  readonly source: "hostPath" | "local";
  readonly labels: Readonly<Record<string, string>>;
  readonly storageClass: string;
  readonly accessModes: readonly string[];
  readonly volumeMode: string;
  /** Bytes; NaN if unknown. */
  readonly storage: number;
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
  const { claimRef, capacity } = spec;
  const claim = isMapping(claimRef)
    ? { namespace: textOf(claimRef["namespace"]), name: textOf(claimRef["name"]) }
    : undefined;
  return {
    name: textOf(metadata["name"]),
    source,
    labels: labelsOf(metadata["labels"]),
    storageClass: storageClassOf(metadata) ?? textOf(spec["storageClassName"]),
    accessModes: textsOf(spec["accessModes"]),
    volumeMode: modeOf(spec["volumeMode"]),
    storage: amountOf(isMapping(capacity) ? capacity["storage"] : undefined),
    ...(claim === undefined ? {} : { claim }),
  };
}

/**
 * The facts with node folders that the pod's claims are bound to, as far as manifests show.
 *
 * @param claims claims that the workload may mount
 * @param volumes volumes that count if they satisfy a claim
 * @param others volumes that count only if they name a claim, or if a claim names them
 */
export function withNodeVolumes(
  facts: RawWorkload,
  claims: readonly PersistentClaim[],
  volumes: readonly NodeVolume[],
  others: readonly NodeVolume[],
): RawWorkload {
  if (volumes.length + others.length === 0 || facts.claims.length === 0) return facts;
  const bound = facts.claims.map((mounted) => {
    const isNamed = nameTest(mounted, facts);
    const requests = requestsFor(
      mounted,
      claims.filter(({ name }) => isNamed(name)),
    );
    const volume =
      volumes.find((one) => mayServe(one, requests, facts.namespace, isNamed)) ??
      others.find((one) => isMeant(one, requests, facts.namespace, isNamed) === true);
    return volume === undefined ? mounted : { ...mounted, onNode: nodeVolumeName(volume) };
  });
  return { ...facts, claims: bound };
}

/** Name of a volume in facts: `data (hostPath)`. */
export function nodeVolumeName({ name, source }: NodeVolume): string {
  return `${name} (${source})`;
}

/** Requests of the claims that the pods mount: claims of templates, and claims created in advance. */
export function requestsFor(
  { requested }: ClaimFacts,
  made: readonly PersistentClaim[],
): readonly VolumeRequest[] {
  return requested === undefined ? made : [requestOf(requested), ...made];
}

/**
 * Test for the names of the claims that the pods mount. Each pod of a StatefulSet has its own claim,
 * `data-web-0`. Each pod with an ephemeral volume has its own, too, named after pod and volume:
 * `web-7d4b9-x2x4v-data`.
 */
export function nameTest(
  { name, source }: ClaimFacts,
  { name: workload }: RawWorkload,
): (other: string) => boolean {
  if (source === "claim") return (other) => other === name;
  if (source === "template") return (other) => other.startsWith(`${name}-${workload}-`);
  return (other) => other.startsWith(`${workload}-`) && other.endsWith(`-${name}`);
}

/**
 * Whether a volume may serve one of the claims (k8s.io/component-helpers, storage/volume,
 * FindMatchingVolume): a claim names the volume, or the volume is reserved for a claim, or the volume
 * satisfies a claim of the same class.
 */
function mayServe(
  volume: NodeVolume,
  requests: readonly VolumeRequest[],
  namespace: string | undefined,
  isNamed: (claim: string) => boolean,
): boolean {
  return (
    isMeant(volume, requests, namespace, isNamed) ??
    requests.some((request) => request.volumeName === undefined && satisfies(volume, request))
  );
}

/** Whether a claim names the volume, or the volume a claim; undefined if neither names anything. */
export function isMeant(
  { name, claim }: Pick<NodeVolume, "name" | "claim">,
  requests: readonly VolumeRequest[],
  namespace: string | undefined,
  isNamed: (claim: string) => boolean,
): boolean | undefined {
  if (name !== "" && requests.some(({ volumeName }) => volumeName === name)) return true;
  if (claim === undefined) return undefined;
  const of = claim.namespace === "" ? undefined : claim.namespace;
  return isOneNamespace(of, namespace) && isNamed(claim.name);
}

/** Whether a volume satisfies a request; unknown properties are assumed to. */
function satisfies(volume: Omit<NodeVolume, "claim">, request: VolumeRequest): boolean {
  return (
    volume.storageClass === request.storageClass &&
    volume.volumeMode === request.volumeMode &&
    (volume.accessModes.length === 0 ||
      request.accessModes.every((one) => volume.accessModes.includes(one))) &&
    maySelectPods(request.selector, volume.labels) &&
    !isMore(request.storage, volume.storage)
  );
}

/** Whether two namespaces may be equal; an absent namespace is chosen when the manifests are applied. */
export function isOneNamespace(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

function labelsOf(value: unknown): Readonly<Record<string, string>> {
  if (!isMapping(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
