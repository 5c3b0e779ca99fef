import type { BudgetEffect } from "../../contract/related-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { isMapping } from "../decode/collections.ts";
import { type KubernetesObject, typeOf } from "../objects/kind.ts";
import type { Bearing } from "./related-object.ts";
import { maySelectPods } from "./selectors.ts";

type Budget = Extract<Bearing, { readonly kind: "disruption-budget" }>;

/** Limit of a PodDisruptionBudget (https://kubernetes.io/docs/tasks/run-application/configure-pdb/). */
export function budgetOf(object: KubernetesObject): Budget | undefined {
  const { spec } = object.value;
  if (typeOf(object) !== "policy/PodDisruptionBudget" || !isMapping(spec)) return undefined;
  const [field, value] = Object.entries(spec).find(([key]) => /^(?:min|maxUn)[aA]vailable$/.test(key)) ?? [];
  if (field === undefined || (typeof value !== "string" && typeof value !== "number")) return undefined;
  return { kind: "disruption-budget", field: `spec.${field}`, value, selector: spec["selector"] };
}

/** Effect on a workload whose pods the budget may select; a budget without a selector selects none. */
export function budgetEffect(
  { field, value, selector }: Budget,
  { pod }: RawWorkload,
): readonly BudgetEffect[] {
  if (!isMapping(selector) || !maySelectPods(selector, pod.labels)) return [];
  return [{ is: "disruption-budget", field, value }];
}
