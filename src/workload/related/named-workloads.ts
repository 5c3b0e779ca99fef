// Custom resources whose labels and annotations are copied to the pods of a workload that they name.

import { LIMITS } from "../../contract/limits.ts";
import { podsWithin } from "../custom/find-pods.ts";
import { overlaysIn } from "../custom/overlays.ts";
import { isMapping } from "../decode/collections.ts";
import { type KubernetesObject, refersToWorkload, workloadKind } from "../objects/kind.ts";
import type { Bearing } from "./related-object.ts";

interface Reference {
  readonly kind: string;
  readonly name: string;
}

/**
 * Change of the pods of workloads that an object names (`workloadRef` of Argo and OpenKruise), by marks that
 * rules know; undefined for an object with its own pods, and for an object that names no workload.
 */
export function overlaysElsewhere(object: KubernetesObject): Bearing | undefined {
  if (workloadKind(object) !== undefined && !refersToWorkload(object)) return undefined;
  const named: Reference[] = [];
  collect(object.value["spec"], named, 0);
  if (named.length === 0 || overlaysIn(object, []).length === 0) return undefined;
  if (workloadKind(object) === undefined && podsWithin(object).workloads.length > 0) return undefined;
  return {
    kind: "mutation",
    mayChange: (facts) => named.some(({ kind, name }) => kind === facts.kind && name === facts.name),
  };
}

function collect(value: unknown, named: Reference[], depth: number): void {
  if (depth > LIMITS.yamlDepth || named.length >= LIMITS.podsPerObject) return;
  if (Array.isArray(value)) for (const item of value) collect(item, named, depth + 1);
  if (!isMapping(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const { kind, name } = key.endsWith("Ref") && isMapping(inner) ? inner : {};
    if (typeof kind === "string" && typeof name === "string") named.push({ kind, name });
    else collect(inner, named, depth + 1);
  }
}
