import { valueAt } from "../decode/collections.ts";
import type { KubernetesObject } from "./kind.ts";

/**
 * Annotations by which a controller replaces an object's content by that of another object, usually of another
 * namespace: https://github.com/emberstack/kubernetes-reflector, https://github.com/mittwald/kubernetes-replicator.
 */
const SOURCES: readonly string[] = [
  "reflector.v1.k8s.emberstack.com/reflects",
  "replicator.v1.mittwald.de/replicate-from",
];

/**
 * Object whose content a controller copies into this object: `shop/db`; undefined if the object has its own
 * content.
 */
export function copySource({ value }: Pick<KubernetesObject, "value">): string | undefined {
  const sources = SOURCES.map((name) => valueAt(value, "metadata", "annotations", name));
  return sources.find((source) => typeof source === "string" && source.trim() !== "") as string | undefined;
}
