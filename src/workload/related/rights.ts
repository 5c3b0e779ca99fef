import type { PolicyRuleFacts, RightsEffect } from "../../contract/related-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { groupOf, type KubernetesObject } from "../objects/kind.ts";
import { type Bearing, mappingsIn, type RelatedObject, textsIn, valueAt } from "./related-object.ts";

const GROUP = "rbac.authorization.k8s.io";
type Binding = Extract<Bearing, { readonly is: "binding" }>;

/** Roles and their bindings; undefined for other objects. */
export function rightsOf(object: KubernetesObject): Bearing | undefined {
  if (groupOf(object) !== GROUP) return undefined;
  const { kind, value } = object;
  if (kind === "Role" || kind === "ClusterRole") {
    const { rules, aggregationRule } = value;
    const isOwn = Array.isArray(rules) && (aggregationRule === undefined || aggregationRule === null);
    return { is: "role", ...(isOwn ? { rules } : {}) };
  }
  if (kind !== "RoleBinding" && kind !== "ClusterRoleBinding") return undefined;
  const [roleKind, name] = [valueAt(value, "roleRef", "kind"), valueAt(value, "roleRef", "name")];
  if (typeof roleKind !== "string" || typeof name !== "string") return undefined;
  return { is: "binding", role: { kind: roleKind, name }, subjects: mappingsIn(value["subjects"]) };
}

/** Name of the service account of a workload's pods. */
export function accountOf({ pod: { spec } }: RawWorkload): string {
  return spec.serviceAccountName || spec.serviceAccount || "default";
}

/** Callers without credentials: whoever reaches the API server has the rights of their bindings. */
const ANONYMOUS: Readonly<Record<string, string>> = {
  Group: "system:unauthenticated",
  User: "system:anonymous",
};

function isAnonymous({ kind, name }: Readonly<Record<string, unknown>>): boolean {
  return typeof kind === "string" && Object.hasOwn(ANONYMOUS, kind) && ANONYMOUS[kind] === name;
}

/** Whether a binding names the workload's service account, directly, by a group, or with all callers. */
export function namesAccount(
  { subjects }: Binding,
  { namespace }: RelatedObject,
  facts: RawWorkload,
): boolean {
  const account = accountOf(facts);
  return subjects.some((subject) => {
    if (isAnonymous(subject)) return true;
    const [name = "", kind] = [subject["name"], subject["kind"]];
    if (typeof name !== "string") return false;
    const within = subject["namespace"] ?? namespace;
    const isOwn = typeof within !== "string" || isSame(within, facts.namespace);
    if (kind === "ServiceAccount") return name === account && isOwn;
    if (kind === "User") return mayBe(/^system:serviceaccount:([^:]+):([^:]+)$/.exec(name), account, facts);
    if (name === "system:serviceaccounts" || name === "system:authenticated") return kind === "Group";
    return kind === "Group" && mayBe(/^system:serviceaccounts:([^:]+)$/.exec(name), account, facts);
  });
}

function mayBe(match: RegExpExecArray | null, account: string, { namespace }: RawWorkload): boolean {
  const [, within, name = account] = match ?? [];
  return within !== undefined && isSame(within, namespace) && name === account;
}

function isSame(one: string, other: string | undefined): boolean {
  return other === undefined || one === other;
}

/** Rights granted by a binding, from the roles among the manifests. */
export function rightsGiven(
  binding: RelatedObject,
  { role, subjects }: Binding,
  roles: readonly RelatedObject[],
  own: string | undefined,
): RightsEffect {
  const found = roles.filter(({ kind, name, namespace }) => {
    if (kind !== role.kind || name !== role.name) return false;
    return kind === "ClusterRole" || namespace === binding.namespace || namespace === undefined;
  });
  const rules = found.flatMap(({ bearing }) =>
    bearing.is === "role" && bearing.rules !== undefined ? [bearing.rules] : [],
  );
  return {
    is: "rights",
    scope: scopeOf(binding, own),
    ...(subjects.some(isAnonymous) ? { needsNoToken: true } : {}),
    role: `${role.kind}/${role.name}`,
    ...(rules.length === 0 || rules.length < found.length ? {} : { rules: rules.flat().map(policyRule) }),
  };
}

/** @param own namespace of the workload, as far as it is known */
function scopeOf({ kind, namespace }: RelatedObject, own: string | undefined): RightsEffect["scope"] {
  if (kind === "ClusterRoleBinding") return "cluster";
  return own === undefined || namespace === undefined || namespace === own ? "namespace" : "other-namespace";
}

function policyRule(value: unknown): PolicyRuleFacts {
  const texts = (field: string) => textsIn(valueAt(value, field)) ?? [];
  return {
    apiGroups: texts("apiGroups"),
    resources: texts("resources"),
    verbs: texts("verbs"),
    resourceNames: texts("resourceNames"),
  };
}
