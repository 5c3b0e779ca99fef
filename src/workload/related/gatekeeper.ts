import type { RawWorkload } from "../../contract/workload-facts.ts";
import { isMapping, valueAt } from "../decode/collections.ts";
import { groupOf } from "../objects/kind.ts";
import { mappingsIn, textsIn } from "./related-object.ts";
import { maySelectPods } from "./selectors.ts";

/**
 * Test whether a Gatekeeper mutation changes a workload's pods
 * (https://open-policy-agent.github.io/gatekeeper/website/docs/mutation/); undefined if the mutation only
 * sets a label.
 */
export function gatekeeperMutation(
  value: Readonly<Record<string, unknown>>,
): ((facts: RawWorkload) => boolean) | undefined {
  const { spec } = value;
  if (!isMapping(spec)) return undefined;
  const { location, applyTo, match } = spec;
  if (typeof location === "string" && /^metadata\.labels\b/.test(location)) return undefined;
  const namespaces = textsIn(valueAt(match, "namespaces"));
  const selector = valueAt(match, "labelSelector");
  return (facts) =>
    mayApply(applyTo, "groups", facts) &&
    mayApply(valueAt(match, "kinds"), "apiGroups", facts) &&
    (namespaces === undefined ||
      facts.namespace === undefined ||
      namespaces.some((one) => one.includes("*") || one === facts.namespace)) &&
    (maySelectPods(selector, facts.pod.labels) || maySelectPods(selector, facts.labels));
}

/** Whether a list of kinds by group may contain the workload's; a missing list contains all. */
function mayApply(listed: unknown, field: "groups" | "apiGroups", facts: RawWorkload): boolean {
  if (!Array.isArray(listed) || listed.length === 0) return true;
  return mappingsIn(listed).some((one) => {
    const [groups, kinds] = [textsIn(one[field]), textsIn(one["kinds"])];
    const holds = (group: string, kind: string) =>
      (groups === undefined || groups.includes("*") || groups.includes(group)) &&
      (kinds === undefined || kinds.includes("*") || kinds.includes(kind));
    return holds("", "Pod") || holds("apps", "ReplicaSet") || holds(groupOf(facts), facts.kind);
  });
}
