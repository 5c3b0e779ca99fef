import type { Text } from "../../../contract/text.ts";

/**
 * The ClusterRoles that every cluster has, as far as applications are given them
 * (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings): what they
 * allow that leads to nodes or to others; nothing for those that are harmless.
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

/** @param role `ClusterRole/view` */
export function builtInPowers(role: string): readonly Text[] | undefined {
  const name = role.replace(/^ClusterRole\//, "");
  return name !== role && Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined;
}
