import { isMapping, valueAt } from "../decode/collections.ts";
import type { KubernetesObject } from "../objects/kind.ts";
import { type Bearing } from "./related-object.ts";

/**
 * Annotations that make a deployment tool omit an object, keep the cluster's object, or apply the object only
 * at another time: hooks of Argo CD and Helm, files only for kustomize and kpt, objects that Flux ignores.
 */
const MARKS: Readonly<Record<string, (value: unknown) => boolean>> = {
  "argocd.argoproj.io/hook": () => true,
  "config.kubernetes.io/local-config": (value) => value !== "false",
  "fluxcd.io/ignore": (value) => value === "true",
  "helm.sh/hook": () => true,
  "kots.io/exclude": (value) => value === "true",
  "kustomize.toolkit.fluxcd.io/reconcile": (value) => value === "disabled",
  "kustomize.toolkit.fluxcd.io/ssa": (value) => value === "Ignore" || value === "IfNotPresent",
};

/** Whether an object is possibly not in the cluster although it is among the manifests. */
export function isPerhapsNotApplied({ value }: KubernetesObject): boolean {
  if (typeof valueAt(value, "metadata", "deletionTimestamp") === "string") return true;
  const annotations = valueAt(value, "metadata", "annotations");
  return Object.entries(isMapping(annotations) ? annotations : {}).some(
    ([name, mark]) => Object.hasOwn(MARKS, name) && MARKS[name]?.(mark) === true,
  );
}

/**
 * Part of an object that is assumed even if the object may not be applied: effects that grant are kept,
 * effects that restrict are dropped. Undefined if nothing is left.
 */
export function countsUnapplied(bearing: Bearing): Bearing | undefined {
  switch (bearing.kind) {
    case "account":
      return bearing.automountServiceAccountToken === false ? undefined : bearing;
    case "definition":
    case "limits":
    case "quota":
      return undefined;
    case "role":
      // Another role of this name may be in the cluster.
      return { ...bearing, aggregates: bearing.aggregates ?? [] };
    case "scaling":
      return { ...bearing, minimum: 0 };
    case "secret":
      return bearing.account === undefined ? undefined : bearing;
    default:
      return bearing;
  }
}
