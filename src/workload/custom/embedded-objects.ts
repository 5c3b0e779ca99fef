import type { Segment } from "../../contract/field-path.ts";
import { isMapping } from "../decode/collections.ts";
import { groupOf, type KubernetesObject } from "../objects/kind.ts";
import { objectType } from "../objects/objects.ts";
import { isOfKubernetes, startsNothing } from "./groups.ts";

/** Depth below a custom resource that is searched. */
const DEPTH = 12;
/** Maximum number of objects that are looked at per custom resource. */
const MOST = 500;

/**
 * Objects within a custom resource whose controller applies them: in a ManifestWork, a Template of OpenShift,
 * an Object of Crossplane. An object has apiVersion, kind and metadata; a reference has no metadata.
 */
export function embeddedObjects(object: KubernetesObject): readonly KubernetesObject[] {
  if (isOfKubernetes(groupOf(object)) || startsNothing(object)) return [];
  const found: KubernetesObject[] = [];
  for (const [key, value] of Object.entries(object.value)) {
    if (key !== "metadata" && key !== "status") search(value, [...object.path, key], DEPTH, found);
  }
  return found;
}

function search(value: unknown, path: readonly Segment[], depth: number, found: KubernetesObject[]): void {
  if (depth === 0 || found.length >= MOST) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) search(item, [...path, index], depth - 1, found);
    return;
  }
  if (!isMapping(value)) return;
  const type = objectType(value);
  if (type !== undefined && isMapping(value["metadata"])) {
    found.push({ value, ...type, path });
    return;
  }
  for (const [key, inner] of Object.entries(value)) search(inner, [...path, key], depth - 1, found);
}
