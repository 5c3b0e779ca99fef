import type { Text } from "../../../contract/text.ts";

const SECRETS: Text = { fr: "lire les secrets", en: "read secrets" };
const WORKLOADS: Text = {
  fr: "créer des pods ou changer les workloads",
  en: "create pods or change workloads",
};
const GIVE: Text = { fr: "donner ces droits à d'autres", en: "give these rights to others" };

/**
 * Powers of the ClusterRoles that every cluster has and to which applications may be bound
 * (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings): only
 * rights that lead to nodes or to other applications; empty for harmless roles.
 */
const BUILT_IN: Readonly<Record<string, readonly Text[]>> = {
  "cluster-admin": [{ fr: "tout faire", en: "do anything" }],
  admin: [SECRETS, WORKLOADS, GIVE],
  edit: [SECRETS, WORKLOADS],
  view: [],
  "system:aggregate-to-admin": [GIVE],
  "system:aggregate-to-edit": [SECRETS, WORKLOADS],
  "system:aggregate-to-view": [],
  "system:auth-delegator": [],
  "system:basic-user": [],
  "system:discovery": [],
  "system:monitoring": [],
  "system:public-info-viewer": [],
  "system:service-account-issuer-discovery": [],
};

/** Powers of a built-in role; undefined for another role. @param role `ClusterRole/view` */
export function builtInPowers(role: string): readonly Text[] | undefined {
  const name = role.replace(/^ClusterRole\//, "");
  return name !== role && Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined;
}
