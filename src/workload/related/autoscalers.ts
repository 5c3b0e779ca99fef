import type { ScalingEffect } from "../../contract/related-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { isMapping, valueAt } from "../decode/collections.ts";
import { groupOf, type KubernetesObject, typeOf } from "../objects/kind.ts";
import { type Bearing } from "./related-object.ts";

type Scaling = Extract<Bearing, { readonly kind: "scaling" }>;

/** Fields of autoscalers, with their default values, by group and kind. */
const AUTOSCALERS: Readonly<
  Record<string, { readonly least: readonly [string, number]; readonly most: readonly [string, number] }>
> = {
  // https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/
  "autoscaling/HorizontalPodAutoscaler": { least: ["minReplicas", 1], most: ["maxReplicas", 1] },
  // https://keda.sh/docs/latest/reference/scaledobject-spec/
  "keda.sh/ScaledObject": { least: ["minReplicaCount", 0], most: ["maxReplicaCount", 100] },
};

/** Replicas that an autoscaler sets, with its target; undefined for other objects. */
export function scalingOf(object: KubernetesObject): Scaling | undefined {
  const type = typeOf(object);
  const { spec } = object.value;
  const fields = Object.hasOwn(AUTOSCALERS, type) ? AUTOSCALERS[type] : undefined;
  if (fields === undefined || !isMapping(spec)) return undefined;
  const target = spec["scaleTargetRef"];
  const [apiVersion, kind, name] = ["apiVersion", "kind", "name"].map((key) => valueAt(target, key));
  if (typeof name !== "string") return undefined;
  const number = ([field, absent]: readonly [string, number]) => {
    const value = spec[field];
    return typeof value === "number" ? value : absent;
  };
  const minimum = number(fields.least);
  return {
    kind: "scaling",
    target: {
      group: typeof apiVersion === "string" ? groupOf({ apiVersion }) : "apps",
      kind: typeof kind === "string" ? kind : "Deployment",
      name,
    },
    minimum,
    maximum: Math.max(minimum, number(fields.most)),
  };
}

/** Effect of an autoscaler on a workload that it names, if the workload may get several replicas. */
export function scalingEffect(
  { target, minimum, maximum }: Scaling,
  facts: RawWorkload,
): readonly ScalingEffect[] {
  const isTarget =
    target.kind === facts.kind && target.name === facts.name && target.group === groupOf(facts);
  return isTarget && maximum > 1 ? [{ is: "scaling", minimum, maximum }] : [];
}
