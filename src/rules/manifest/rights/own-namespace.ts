import type { PolicyRuleFacts, RightsEffect } from "../../../contract/related-facts.ts";
import { grants } from "./powers.ts";

/** Default ClusterRoles with rights over the workloads of a namespace. */
const CHANGES_WORKLOADS: ReadonlySet<string> = new Set([
  "ClusterRole/admin",
  "ClusterRole/cluster-admin",
  "ClusterRole/edit",
  "ClusterRole/system:aggregate-to-edit",
]);
const WRITE = ["patch", "update"];
const WORKLOADS: readonly (readonly [string, readonly string[]])[] = [
  ["", ["pods", "replicationcontrollers"]],
  ["apps", ["daemonsets", "deployments", "replicasets", "statefulsets"]],
  ["batch", ["cronjobs", "jobs"]],
];

/**
 * Whether rights within a namespace include its labels: a request about `/api/v1/namespaces/shop` is
 * authorized by a Role of `shop` (https://kubernetes.io/docs/reference/access-authn-authz/authorization/).
 *
 * @param namespace name of the namespace; undefined if unknown, in which case every named namespace counts
 */
export function changesNamespace(effect: RightsEffect, namespace: string | undefined): boolean {
  if (effect.role === "ClusterRole/cluster-admin") return true;
  return rulesOf(effect).some((rule) => {
    const isNamed = namespace === undefined || rule.resourceNames.includes(namespace);
    return (
      (rule.resourceNames.length === 0 || isNamed) &&
      grants(rule, { groups: [""], resources: ["namespaces"], verbs: WRITE })
    );
  });
}

/** Whether rights allow creating pods, or changing objects that create pods. */
export function changesWorkloads(effect: RightsEffect): boolean {
  if (CHANGES_WORKLOADS.has(effect.role)) return true;
  if ((effect.aggregatedRoles ?? []).some((name) => CHANGES_WORKLOADS.has(`ClusterRole/${name}`)))
    return true;
  return rulesOf(effect).some((rule) =>
    WORKLOADS.some(([group, resources]) =>
      grants(rule, { groups: [group], resources, verbs: ["create", ...WRITE] }),
    ),
  );
}

function rulesOf({ rules = [], aggregated = [] }: RightsEffect): readonly PolicyRuleFacts[] {
  return [...rules, ...aggregated];
}
