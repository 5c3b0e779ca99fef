/** A kind of object that the fake API server serves. */
export interface Resource {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  readonly subresources: readonly string[];
}

export const RESOURCES: readonly Resource[] = [
  ...inGroup("", "v1", [
    ["namespaces", "Namespace", { namespaced: false, shortNames: ["ns"] }],
    ["pods", "Pod", { shortNames: ["po"], subresources: ["status", "ephemeralcontainers", "resize"] }],
    ["configmaps", "ConfigMap", { shortNames: ["cm"] }],
    ["secrets", "Secret"],
    ["services", "Service", { shortNames: ["svc"] }],
    ["serviceaccounts", "ServiceAccount", { shortNames: ["sa"] }],
    ["events", "Event", { shortNames: ["ev"] }],
    ["podtemplates", "PodTemplate"],
    ["replicationcontrollers", "ReplicationController", { shortNames: ["rc"] }],
  ]),
  ...inGroup("apps", "v1", [
    ["deployments", "Deployment", { shortNames: ["deploy"], subresources: ["status"] }],
    ["replicasets", "ReplicaSet", { shortNames: ["rs"], subresources: ["status"] }],
    ["statefulsets", "StatefulSet", { shortNames: ["sts"], subresources: ["status"] }],
    ["daemonsets", "DaemonSet", { shortNames: ["ds"], subresources: ["status"] }],
  ]),
  ...inGroup("batch", "v1", [
    ["jobs", "Job", { subresources: ["status"] }],
    ["cronjobs", "CronJob", { shortNames: ["cj"], subresources: ["status"] }],
  ]),
  ...inGroup("policy", "v1", [["poddisruptionbudgets", "PodDisruptionBudget", { shortNames: ["pdb"] }]]),
  ...inGroup("networking.k8s.io", "v1", [["networkpolicies", "NetworkPolicy", { shortNames: ["netpol"] }]]),
  ...inGroup("rbac.authorization.k8s.io", "v1", [
    ["roles", "Role"],
    ["rolebindings", "RoleBinding"],
    ["clusterroles", "ClusterRole", { namespaced: false }],
    ["clusterrolebindings", "ClusterRoleBinding", { namespaced: false }],
  ]),
  ...inGroup("coordination.k8s.io", "v1", [["leases", "Lease"]]),
  ...inGroup("admissionregistration.k8s.io", "v1", [
    ["mutatingadmissionpolicies", "MutatingAdmissionPolicy", { namespaced: false }],
    ["mutatingadmissionpolicybindings", "MutatingAdmissionPolicyBinding", { namespaced: false }],
    ["mutatingwebhookconfigurations", "MutatingWebhookConfiguration", { namespaced: false }],
    ["validatingwebhookconfigurations", "ValidatingWebhookConfiguration", { namespaced: false }],
    ["validatingadmissionpolicies", "ValidatingAdmissionPolicy", { namespaced: false }],
    ["validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding", { namespaced: false }],
  ]),
];

type Names = readonly [plural: string, kind: string, more?: Partial<Resource>];

function inGroup(group: string, version: string, names: readonly Names[]): readonly Resource[] {
  return names.map(([plural, kind, more]) => ({
    group,
    version,
    plural,
    kind,
    namespaced: true,
    shortNames: [],
    subresources: [],
    ...more,
  }));
}

/** Path of a group and version below the server: `/api/v1`, `/apis/apps/v1`. */
export function groupPath({ group, version }: Pick<Resource, "group" | "version">): string {
  return group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
}

/** `v1`, `apps/v1`. */
export function apiVersionOf({ group, version }: Pick<Resource, "group" | "version">): string {
  return group === "" ? version : `${group}/${version}`;
}
