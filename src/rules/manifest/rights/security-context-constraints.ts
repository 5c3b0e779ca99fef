import type { PolicyRuleFacts, RightsEffect } from "../../../contract/related-facts.ts";

/** OpenShift's own constraints that allow more than Restricted: host, privileges, or any user. */
const PERMISSIVE: ReadonlySet<string> = new Set([
  "anyuid",
  "hostaccess",
  "hostmount-anyuid",
  "hostmount-anyuid-v2",
  "hostnetwork",
  "hostnetwork-v2",
  "nested-container",
  "node-exporter",
  "privileged",
]);
/** Constraints of OpenShift under which a pod without privileges runs by default. */
const RESTRICTED: ReadonlySet<string> = new Set([
  "nonroot",
  "nonroot-v2",
  "restricted",
  "restricted-v2",
  "restricted-v3",
]);
const OF_CONSTRAINTS = /^ClusterRole\/system:openshift:scc:([\w.-]{1,253})$/;

/** Constraints that rights let pods run under. */
export interface UsableConstraints {
  /** Names that allow more than Restricted; `*` for all. */
  readonly permissive: readonly string[];
  /** Names that are not OpenShift's own. */
  readonly unknown: readonly string[];
}

/**
 * SecurityContextConstraints that a role lets its account's pods use, by a rule that names them or by
 * OpenShift's role of their name
 * (https://docs.redhat.com/en/documentation/openshift_container_platform/4.19/html/authentication_and_authorization/managing-pod-security-policies).
 * A rule about everything (`*`) is not counted, since it is not specific to OpenShift.
 */
export function usableConstraints({ role, rules = [], aggregated = [] }: RightsEffect): UsableConstraints {
  const [, own] = OF_CONSTRAINTS.exec(role) ?? [];
  const named = [...rules, ...aggregated]
    .filter(isUse)
    .flatMap(({ resourceNames }) => (resourceNames.length === 0 ? ["*"] : resourceNames));
  const names = [...new Set(own === undefined ? named : [own, ...named])];
  return {
    permissive: names.filter((name) => name === "*" || PERMISSIVE.has(name)),
    unknown: names.filter((name) => name !== "*" && !PERMISSIVE.has(name) && !RESTRICTED.has(name)),
  };
}

function isUse({ apiGroups, resources, verbs }: PolicyRuleFacts): boolean {
  return (
    apiGroups.includes("security.openshift.io") &&
    resources.includes("securitycontextconstraints") &&
    (verbs.includes("use") || verbs.includes("*"))
  );
}
