import type { PolicyRuleFacts, RightsEffect } from "../../contract/related-facts.ts";
import { isMapping, valueAt } from "../decode/collections.ts";
import { type RelatedObject, type RoleBearing, textsIn } from "./related-object.ts";
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
 * ClusterRoles that every cluster has and whose rights other roles can get by aggregation, with their labels
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

/** Rules of a role, as far as known from the manifests and the defaults of clusters. */
type RoleRules = Pick<RightsEffect, "rules" | "aggregated" | "aggregatedRoles" | "isCut">;

/** ClusterRoles that a ClusterRole selects: objects, and built-in names. */
interface Members {
  readonly roles: readonly RoleRead[];
  readonly builtIn: readonly string[];
}

/** Comparisons of labels and steps between roles per run, some 0.5 s. Clusters with OpenShift need 10,000. */
const BUDGET = 5_000_000;

/** Roles of one environment, with the rules that a controller adds to them. */
export class RoleGraph {
  readonly #roles: ReadonlyMap<string, readonly RoleRead[]>;
  readonly #byLabel: ReadonlyMap<string, readonly RoleRead[]>;
  readonly #clusterRoles: readonly RoleRead[];
  readonly #members = new Map<string, Members>();
  readonly #rules = new Map<string, RoleRules>();
  #budget: number;

  constructor(roles: readonly RoleRead[], budget = BUDGET) {
    this.#budget = budget;
    this.#roles = Map.groupBy(roles, ({ kind, name }) => `${kind}/${name}`);
    this.#clusterRoles = roles.filter(({ kind }) => kind === "ClusterRole");
    const labelled = this.#clusterRoles.flatMap((role) =>
      Object.entries(role.bearing.labels).map(([key, value]) => ({ label: `${key}=${value}`, role })),
    );
    const groups = Map.groupBy(labelled, ({ label }) => label);
    this.#byLabel = new Map([...groups].map(([label, each]) => [label, each.map(({ role }) => role)]));
  }

  /** @param namespace namespace of the binding, in which a Role is searched */
  rulesOf(kind: string, name: string, namespace: string | undefined): RoleRules {
    const key = JSON.stringify([kind, name, kind === "Role" ? namespace : undefined]);
    const known = this.#rules.get(key);
    if (known !== undefined) return known;
    const rules = this.#find(kind, name, namespace);
    this.#rules.set(key, rules);
    return rules;
  }

  #find(kind: string, name: string, namespace: string | undefined): RoleRules {
    const found = (this.#roles.get(`${kind}/${name}`) ?? []).filter(
      (one) => kind === "ClusterRole" || one.namespace === undefined || one.namespace === namespace,
    );
    const isKnown = found.length > 0 && found.every(({ bearing }) => isComplete(bearing));
    const added = kind === "ClusterRole" ? this.#aggregatedInto(name) : { roles: [], builtIn: [] };
    const aggregated = [...(isKnown ? [] : found), ...added.roles].flatMap(policyRules);
    return {
      ...(isKnown ? { rules: found.flatMap(policyRules) } : {}),
      ...(aggregated.length === 0 ? {} : { aggregated }),
      ...(added.builtIn.length === 0 ? {} : { aggregatedRoles: added.builtIn.toSorted() }),
      ...(this.#budget > 0 ? {} : { isCut: true }),
    };
  }

  /** ClusterRoles whose rules a ClusterRole gets, through any number of other roles. */
  #aggregatedInto(name: string): Members {
    const roles = new Set<RoleRead>();
    const builtIn = new Set<string>();
    const names = new Set([name]);
    for (const current of names) {
      const members = this.#membersOf(current);
      for (const role of members.roles) {
        if (this.#budget-- <= 0) break;
        roles.add(role);
        names.add(role.name);
      }
      for (const one of members.builtIn) {
        names.add(one);
        // Built-in members of a built-in role are skipped, since the known rights of the role include the
        // members' rights.
        if (!SELECTING.has(current)) builtIn.add(one);
      }
    }
    return { roles: [...roles], builtIn: [...builtIn] };
  }

  #membersOf(name: string): Members {
    const known = this.#members.get(name);
    if (known !== undefined) return known;
    const own = this.#roles.get(`ClusterRole/${name}`) ?? [];
    const selectors = [
      ...own.flatMap(({ bearing }) => bearing.aggregates ?? []),
      ...(SELECTING.has(name) ? [{ matchLabels: { [`${AGGREGATE}${name}`]: "true" } }] : []),
    ];
    const members = {
      roles: selectors.flatMap((selector) => this.#selected(selector)),
      builtIn: Object.keys(BUILT_IN).filter((one) =>
        selectors.some((selector) => maySelectLabels(selector, BUILT_IN[one] ?? {})),
      ),
    };
    this.#members.set(name, members);
    return members;
  }

  #selected(selector: unknown): readonly RoleRead[] {
    const labels = valueAt(selector, "matchLabels");
    const [first] = isMapping(labels) ? Object.entries(labels) : [];
    const candidates =
      first === undefined ? this.#clusterRoles : (this.#byLabel.get(`${first[0]}=${String(first[1])}`) ?? []);
    if (candidates.length > this.#budget) {
      this.#budget = 0;
      return [];
    }
    this.#budget -= candidates.length;
    return candidates.filter(({ bearing }) => maySelectLabels(selector, bearing.labels));
  }
}

function isComplete({ rules, aggregates }: RoleBearing): boolean {
  return rules !== undefined && aggregates === undefined;
}

function policyRules({ bearing: { rules = [] } }: RoleRead): readonly PolicyRuleFacts[] {
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
