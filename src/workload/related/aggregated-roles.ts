import type { PolicyRuleFacts, RightsEffect } from "../../contract/related-facts.ts";
import { type RelatedObject, type RoleBearing, textsIn, valueAt } from "./related-object.ts";
import { maySelectLabels } from "./selectors.ts";

type Labels = Readonly<Record<string, string>>;

/** A role among the manifests. */
export interface RoleRead extends RelatedObject {
  readonly bearing: RoleBearing;
  readonly environment?: string;
}

const AGGREGATE = "rbac.authorization.k8s.io/aggregate-to-";
const DEFAULTS: Labels = { "kubernetes.io/bootstrapping": "rbac-defaults" };

/**
 * ClusterRoles that every cluster has and whose rights others can get by aggregation, with their labels
 * (k8s.io/kubernetes, plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go).
 */
const BUILT_IN: Readonly<Record<string, Labels>> = {
  "cluster-admin": DEFAULTS,
  admin: DEFAULTS,
  edit: { ...DEFAULTS, [`${AGGREGATE}admin`]: "true" },
  view: { ...DEFAULTS, [`${AGGREGATE}edit`]: "true" },
  "system:aggregate-to-admin": { ...DEFAULTS, [`${AGGREGATE}admin`]: "true" },
  "system:aggregate-to-edit": { ...DEFAULTS, [`${AGGREGATE}edit`]: "true" },
  "system:aggregate-to-view": { ...DEFAULTS, [`${AGGREGATE}view`]: "true" },
};

/** Built-in ClusterRoles that are aggregated themselves, by the label that they select. */
const SELECTING: ReadonlySet<string> = new Set(["admin", "edit", "view"]);

/** Rules of a role, as far as the manifests and the defaults of clusters tell them. */
export function rulesOfRole(
  kind: string,
  name: string,
  roles: readonly RoleRead[],
  isInReach: (role: RoleRead) => boolean,
): Pick<RightsEffect, "rules" | "aggregated" | "aggregatedRoles"> {
  const found = roles.filter((one) => one.kind === kind && one.name === name && isInReach(one));
  const isKnown = found.length > 0 && found.every(({ bearing }) => isComplete(bearing));
  const added = kind === "ClusterRole" ? aggregatedInto(name, roles, isInReach) : [];
  const partial = [...(isKnown ? [] : found), ...added.filter((one) => typeof one !== "string")];
  const aggregated = partial.flatMap(({ bearing }) => policyRules(bearing));
  const builtIn = added.filter((one) => typeof one === "string");
  return {
    ...(isKnown ? { rules: found.flatMap(({ bearing }) => policyRules(bearing)) } : {}),
    ...(aggregated.length === 0 ? {} : { aggregated }),
    ...(builtIn.length === 0 ? {} : { aggregatedRoles: builtIn.toSorted() }),
  };
}

function isComplete({ rules, aggregates }: RoleBearing): boolean {
  return rules !== undefined && aggregates === undefined;
}

/** ClusterRoles whose rules a ClusterRole gets, through any number of others: objects, or built-in names. */
function aggregatedInto(
  name: string,
  roles: readonly RoleRead[],
  isInReach: (role: RoleRead) => boolean,
): readonly (RoleRead | string)[] {
  const near = roles.filter((one) => one.kind === "ClusterRole" && isInReach(one));
  const found = new Set<RoleRead | string>();
  const names = [name];
  const visited = new Set(names);
  for (const current of names) {
    const selectors = selectorsOf(current, near);
    const isSelected = (labels: Labels) => selectors.some((selector) => maySelectLabels(selector, labels));
    const members = near.filter(({ bearing }) => isSelected(bearing.labels));
    const builtIn = Object.keys(BUILT_IN).filter((one) => isSelected(BUILT_IN[one] ?? {}));
    // The built-in members of a built-in role make up the rights that it is known for.
    for (const one of [...members, ...(SELECTING.has(current) ? [] : builtIn)]) found.add(one);
    for (const next of [...members.map((one) => one.name), ...builtIn]) {
      if (visited.has(next)) continue;
      visited.add(next);
      names.push(next);
    }
  }
  return [...found];
}

function selectorsOf(name: string, roles: readonly RoleRead[]): readonly unknown[] {
  const own = roles.filter((one) => one.name === name).flatMap(({ bearing }) => bearing.aggregates ?? []);
  return SELECTING.has(name) ? [...own, { matchLabels: { [`${AGGREGATE}${name}`]: "true" } }] : own;
}

function policyRules({ rules = [] }: RoleBearing): readonly PolicyRuleFacts[] {
  return rules.map((value) => {
    const texts = (field: string) => textsIn(valueAt(value, field)) ?? [];
    return {
      apiGroups: texts("apiGroups"),
      resources: texts("resources"),
      verbs: texts("verbs"),
      resourceNames: texts("resourceNames"),
    };
  });
}
