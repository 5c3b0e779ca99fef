import type { RightsEffect } from "../../contract/related-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { isMapping, valueAt } from "../decode/collections.ts";
import { copySource } from "../objects/copied-object.ts";
import { groupOf, type KubernetesObject } from "../objects/kind.ts";
import type { RoleGraph } from "./rbac-aggregation.ts";
import { type Bearing, mappingsIn, type RelatedRead, textsIn } from "./related-object.ts";

/**
 * API groups of roles and bindings. OpenShift stores objects of its older group in the group of Kubernetes.
 */
const GROUPS: ReadonlySet<string> = new Set(["authorization.openshift.io", "rbac.authorization.k8s.io"]);
type Binding = Extract<Bearing, { readonly kind: "binding" }>;

/** Roles and their bindings; undefined for other objects. */
export function rightsOf(object: KubernetesObject): Bearing | undefined {
  if (!GROUPS.has(groupOf(object))) return undefined;
  const { kind, value } = object;
  if (kind === "Role" || kind === "ClusterRole") {
    return roleOf(value);
  }
  if (kind !== "RoleBinding" && kind !== "ClusterRoleBinding") return undefined;
  const { roleRef } = value;
  const [named, name] = [valueAt(roleRef, "kind"), valueAt(roleRef, "name")];
  // OpenShift's older form has no kind: a namespace makes it a Role.
  const roleKind = named ?? (valueAt(roleRef, "namespace") === undefined ? "ClusterRole" : "Role");
  if (typeof roleKind !== "string" || typeof name !== "string") return undefined;
  return { kind: "binding", role: { kind: roleKind, name }, subjects: subjectsOf(value) };
}

/** Subjects of a binding; OpenShift's older form also has lists of names. */
function subjectsOf({ subjects, userNames, groupNames }: KubernetesObject["value"]): Binding["subjects"] {
  return [
    ...mappingsIn(subjects),
    ...(textsIn(userNames) ?? []).map((name) => ({ kind: "User", name })),
    ...(textsIn(groupNames) ?? []).map((name) => ({ kind: "Group", name })),
  ];
}

function roleOf({ rules, aggregationRule, metadata }: KubernetesObject["value"]): Bearing {
  const labels = Object.entries(mappingOf(valueAt(metadata, "labels"))).flatMap(([key, value]) =>
    typeof value === "string" ? [[key, value] as const] : [],
  );
  const selectors = valueAt(aggregationRule, "clusterRoleSelectors");
  // A controller replaces the rules by another role's.
  const isCopied = copySource({ value: { metadata } }) !== undefined;
  return {
    kind: "role",
    ...(Array.isArray(rules) ? { rules } : {}),
    labels: Object.fromEntries(labels),
    ...(isMapping(aggregationRule) || isCopied
      ? { aggregates: Array.isArray(selectors) ? selectors : [] }
      : {}),
  };
}

function mappingOf(value: unknown): Readonly<Record<string, unknown>> {
  return isMapping(value) ? value : {};
}

/** Callers without credentials: anyone who reaches the API server has the rights of their bindings. */
const ANONYMOUS: Readonly<Record<string, string>> = {
  Group: "system:unauthenticated",
  User: "system:anonymous",
};

/** Groups of callers that belong to no application. */
const OF_NOBODY: ReadonlySet<string> = new Set([
  "system:authenticated",
  "system:nodes",
  "system:serviceaccounts",
  "system:unauthenticated",
]);

/**
 * Name of a subject that includes strangers (anonymous callers, every account, nodes); undefined if all
 * subjects are teams or single accounts.
 */
function openSubject(subjects: Binding["subjects"]): string | undefined {
  const open = subjects.find(
    (subject) =>
      isAnonymous(subject) || (subject["kind"] === "Group" && OF_NOBODY.has(String(subject["name"]))),
  );
  return open === undefined ? undefined : String(open["name"]);
}

function isAnonymous({ kind, name }: Readonly<Record<string, unknown>>): boolean {
  return typeof kind === "string" && Object.hasOwn(ANONYMOUS, kind) && ANONYMOUS[kind] === name;
}

/** Whether subjects of a binding name an account, directly or by a group. */
function namesAccount(
  subjects: Binding["subjects"],
  { namespace }: RelatedRead,
  own: string | undefined,
  account: string,
): boolean {
  return subjects.some((subject) => {
    const [name = "", kind] = [subject["name"], subject["kind"]];
    if (typeof name !== "string") return false;
    const within = subject["namespace"] ?? namespace;
    const isOwn = typeof within !== "string" || isSame(within, own);
    if (kind === "ServiceAccount") return name === account && isOwn;
    if (kind === "User") return mayBe(/^system:serviceaccount:([^:]+):([^:]+)$/.exec(name), account, own);
    if (name === "system:serviceaccounts" || name === "system:authenticated") return kind === "Group";
    return kind === "Group" && mayBe(/^system:serviceaccounts:([^:]+)$/.exec(name), account, own);
  });
}

function mayBe(match: RegExpExecArray | null, account: string, namespace: string | undefined): boolean {
  const [, within, name = account] = match ?? [];
  return within !== undefined && isSame(within, namespace) && name === account;
}

function isSame(one: string, other: string | undefined): boolean {
  return other === undefined || one === other;
}

/** Accounts whose rights a pod has, besides callers without credentials. */
export interface Holder {
  readonly account: string;
  /** Set for an account other than the pods' own. */
  readonly isOther?: true;
  readonly tokenSecret?: string;
  readonly unseenSecret?: string;
}

/**
 * Rights that a binding gives a pod: through its own account, and through accounts whose token it gets from a
 * Secret.
 */
export function rightsGiven(
  binding: RelatedRead,
  { role, subjects }: Binding,
  roles: RoleGraph,
  facts: RawWorkload,
  holders: readonly Holder[],
): readonly RightsEffect[] {
  const isForAll = subjects.some(isAnonymous);
  const given = holders.filter(
    ({ account, isOther }) =>
      (isForAll && isOther !== true) || namesAccount(subjects, binding, facts.namespace, account),
  );
  const openTo = openSubject(subjects);
  const scope = scopeOf(binding, facts.namespace);
  // Rights of nodes are not the pods' own, but reach them on their nodes.
  const isOnlyOpen = given.length === 0 && openTo !== undefined && scope === "namespace";
  if (given.length === 0 && !isOnlyOpen) return [];
  const rules = roles.rulesOf(role.kind, role.name, binding.namespace);
  const common: RightsEffect = {
    is: "rights",
    scope,
    ...(isForAll ? { needsNoToken: true } : {}),
    ...(openTo === undefined ? {} : { openTo }),
    role: `${role.kind}/${role.name}`,
    ...rules,
  };
  if (isOnlyOpen) return [common];
  return given.map(({ account, isOther, tokenSecret, unseenSecret }) => ({
    ...common,
    ...(isOther === true ? { account } : {}),
    ...(tokenSecret === undefined ? {} : { tokenSecret }),
    ...(unseenSecret === undefined || scope === "namespace" ? {} : { unseenSecret }),
  }));
}

/**
 * ClusterRoles that a cluster binds to every account, or to every caller
 * (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles): no manifest has the binding.
 */
const BOUND_BY_DEFAULT: Readonly<Record<string, "accounts" | "everybody">> = {
  "system:basic-user": "accounts",
  "system:discovery": "accounts",
  "system:public-info-viewer": "everybody",
  "system:service-account-issuer-discovery": "accounts",
};

/** Rights of a role among the manifests that clusters bind by default. */
export function defaultRights({ kind, name }: RelatedRead, roles: RoleGraph): readonly RightsEffect[] {
  const to =
    kind === "ClusterRole" && Object.hasOwn(BOUND_BY_DEFAULT, name) ? BOUND_BY_DEFAULT[name] : undefined;
  if (to === undefined) return [];
  const rules = roles.rulesOf(kind, name, undefined);
  return [
    {
      is: "rights",
      scope: "cluster",
      ...(to === "everybody" ? { needsNoToken: true } : {}),
      role: `ClusterRole/${name}`,
      ...rules,
    },
  ];
}

/** @param own namespace of the workload, as far as known */
function scopeOf({ kind, namespace }: RelatedRead, own: string | undefined): RightsEffect["scope"] {
  if (kind === "ClusterRoleBinding") return "cluster";
  return own === undefined || namespace === undefined || namespace === own ? "namespace" : "other-namespace";
}
