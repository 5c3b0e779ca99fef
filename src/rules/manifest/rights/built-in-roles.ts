import type { Text } from "../../../contract/text.ts";

/**
 * Powers of the ClusterRoles that every cluster has and applications may be bound to
 * (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings): only
 * rights that lead to nodes or to other applications; empty for harmless roles.
 */
const BUILT_IN: Readonly<Record<string, readonly Text[]>> = {
  "cluster-admin": [{ fr: "tout faire", en: "do anything" }],
  admin: [
    { fr: "lire les secrets", en: "read secrets" },
    { fr: "créer des pods ou changer les workloads", en: "create pods or change workloads" },
    { fr: "donner ces droits à d'autres", en: "give these rights to others" },
  ],
  edit: [
    { fr: "lire les secrets", en: "read secrets" },
    { fr: "créer des pods ou changer les workloads", en: "create pods or change workloads" },
  ],
  view: [],
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
