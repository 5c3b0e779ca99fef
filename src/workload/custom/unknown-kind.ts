import type { Segment } from "../../contract/field-path.ts";
import { isMapping } from "../decode/collections.ts";
import { groupOf, type KubernetesObject } from "../objects/kind.ts";
import { isOfKubernetes, isRouteOrRecord } from "./groups.ts";

/**
 * Fields of operators' custom resources for number, placement and disks of pods. None names an image, which
 * the operator chooses.
 */
const OF_PODS: ReadonlySet<string> = new Set([
  "affinity",
  "clusterSize",
  "domain",
  "instances",
  "nodeCount",
  "nodePools",
  "nodeSelector",
  "nodeSets",
  "podTemplate",
  "replicas",
  "runStrategy",
  "serviceAccountName",
  "storageClassName",
  "tolerations",
  "topologySpreadConstraints",
  "volumeClaimTemplate",
  "volumeClaimTemplates",
]);

/** Fields of `requests` or `limits`: cpu or memory. */
const QUANTITIES = ["cpu", "memory"] as const;

/** Depth below `spec` that is searched. */
const DEPTH = 4;
/** Maximum number of places reported. */
const MOST = 3;

/** Result for a custom resource without any form of a pod. */
export type UnknownKind =
  /** Fields of the resource are about pods. */
  | { readonly kind: "pods"; readonly places: readonly (readonly Segment[])[] }
  /** The resource may or may not have a controller that starts pods. */
  | { readonly kind: "unknown" };

/** Result for an object; undefined for Kubernetes' own kinds, and for kinds known to start nothing. */
export function unknownKind(object: KubernetesObject): UnknownKind | undefined {
  if (isOfKubernetes(groupOf(object)) || isRouteOrRecord(object)) return undefined;
  const places: Segment[][] = [];
  search(object.value["spec"], [...object.path, "spec"], DEPTH, places);
  return places.length > 0 ? { kind: "pods", places } : { kind: "unknown" };
}

function search(value: unknown, path: readonly Segment[], depth: number, places: Segment[][]): void {
  if (depth === 0 || places.length >= MOST) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) search(item, [...path, index], depth - 1, places);
    return;
  }
  if (!isMapping(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const isSign = OF_PODS.has(key) || (key === "resources" && asksForResources(inner));
    if (isSign && inner !== null && places.length < MOST) places.push([...path, key]);
    else search(inner, [...path, key], depth - 1, places);
  }
}

function asksForResources(value: unknown): boolean {
  if (!isMapping(value)) return false;
  return [value["requests"], value["limits"]].some(
    (one) => isMapping(one) && QUANTITIES.some((name) => one[name] !== undefined),
  );
}
