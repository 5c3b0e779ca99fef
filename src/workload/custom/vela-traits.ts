import type { Segment } from "../../contract/field-path.ts";
import { injectionMarks } from "../../start/injections.ts";
import { isMapping } from "../decode/collections.ts";
import { groupOf, type KubernetesObject } from "../objects/kind.ts";

/** Traits of KubeVela that add objects, replicas or placement, and change nothing that a pod is given. */
const HARMLESS: ReadonlySet<unknown> = new Set([
  "affinity",
  "cpuscaler",
  "expose",
  "gateway",
  "hpa",
  "k8s-update-strategy",
  "scaler",
  "topologyspreadconstraints",
]);
/** Traits whose properties are labels or annotations of the pods. */
const METADATA: ReadonlySet<unknown> = new Set(["annotations", "labels"]);

type Path = readonly Segment[];

/**
 * Paths of the traits and policies by which a KubeVela Application changes the pods of its components
 * (https://kubevela.io/docs/end-user/traits/references): patches, images, variables, volumes, sidecars. An
 * unknown trait counts, too.
 */
export function velaChanges(object: KubernetesObject): readonly Path[] {
  if (groupOf(object) !== "core.oam.dev" || object.kind !== "Application") return [];
  const { spec } = object.value;
  if (!isMapping(spec)) return [];
  const traits = listOf(spec["components"]).flatMap((component, index) => {
    const own = isMapping(component) ? listOf(component["traits"]) : [];
    return own.flatMap((trait, at): readonly Path[] =>
      isHarmless(trait) ? [] : [["spec", "components", index, "traits", at]],
    );
  });
  const policies = listOf(spec["policies"]).flatMap((policy, index): readonly Path[] =>
    isMapping(policy) && policy["type"] === "override" ? [["spec", "policies", index]] : [],
  );
  return [...traits, ...policies];
}

function isHarmless(trait: unknown): boolean {
  if (!isMapping(trait)) return true;
  const { type, properties } = trait;
  if (HARMLESS.has(type)) return true;
  if (!METADATA.has(type)) return false;
  const texts = isMapping(properties)
    ? Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, String(value)]))
    : {};
  return injectionMarks({ labels: texts, annotations: texts }).length === 0;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
