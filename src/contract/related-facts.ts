import type { ObjectLocation } from "./object-location.ts";

/**
 * An object among the manifests, beside a workload, that changes the workload's pods, their rights, or how
 * they are reached: plain JSON.
 */
export interface RelatedFacts {
  readonly kind: string;
  /** Name of the object; empty if metadata has none. */
  readonly name: string;
  readonly at: ObjectLocation;
  readonly effect: RelatedEffect;
}

/** Effect of a related object on the pods. */
export type RelatedEffect =
  | MutationEffect
  | AdminAccessEffect
  | ApiExtensionEffect
  | EnforcementEffect
  | RightsEffect
  | AccountEffect
  | ServiceEffect
  | AddressEffect
  | AffinityEffect
  | ScalingEffect
  | BudgetEffect
  | SnippetEffect
  | ExemptionEffect
  | OtherNamespaceEffect;

/** The object changes pods at their creation, so that the running pods differ from the manifest. */
interface MutationEffect {
  readonly is: "mutation";
  /**
   * Set if the object does not change pods, but creates other objects, which may affect the pods and are not
   * judged.
   */
  readonly creates?: true;
}

/** A claim of the pods requests devices that other pods use. */
interface AdminAccessEffect {
  readonly is: "admin-access";
}

/**
 * The API server sends objects to the pods: to a webhook, to the conversion of a kind, or to an aggregated
 * API.
 */
export interface ApiExtensionEffect {
  readonly is: "api-extension";
  readonly by: "admission" | "conversion" | "aggregation";
  /** Field that names the callee: `webhooks[0].clientConfig.service`. */
  readonly field: string;
  /** First resources that are handed over: `secrets`, `deployments.apps`, `*`. */
  readonly resources: readonly string[];
  /** `own-kinds`: the manifests define the kind; `own-namespace`: objects of the application's namespace only. */
  readonly owner: "others" | "perhaps-others" | "own-kinds" | "own-namespace";
  /** Set if the callee may change the object that it receives. */
  readonly changes?: true;
  /**
   * Pods that are called; `perhaps-these-pods` if the Service is elsewhere, or the URL does not identify it.
   */
  readonly target: "these-pods" | "perhaps-these-pods";
}

/** A Namespace's labels for Pod Security, `pod-security.kubernetes.io/enforce` and `enforce-version`. */
interface EnforcementEffect {
  readonly is: "enforcement";
  readonly level?: string;
  readonly version?: string;
}

/** A binding gives the pods' service account a role. */
export interface RightsEffect {
  readonly is: "rights";
  /** `cluster` for a ClusterRoleBinding, `other-namespace` for a RoleBinding outside the workload's namespace. */
  readonly scope: "cluster" | "namespace" | "other-namespace";
  /** Set if the binding names callers without credentials, so that a pod needs no token for its rights. */
  readonly needsNoToken?: true;
  /**
   * Subject of the binding that is neither a team nor an account: callers without credentials, every account,
   * nodes.
   */
  readonly openTo?: string;
  /** Kind and name of the role: `ClusterRole/cluster-admin`. */
  readonly role: string;
  /** Rules of the role; absent if the role is not among the manifests, or a controller completes it. */
  readonly rules?: readonly PolicyRuleFacts[];
  /** Rules of ClusterRoles among the manifests that a controller adds to the role. */
  readonly aggregated?: readonly PolicyRuleFacts[];
  /** Names of default ClusterRoles that a controller adds to the role: `system:aggregate-to-edit`. */
  readonly aggregatedRoles?: readonly string[];
  /** Set if the manifests aggregate more roles than are read: the role may have more rules. */
  readonly isCut?: true;
  /** Account with the rights, if it is not the pods' own account: the pods get its token from a Secret. */
  readonly account?: string;
  /** Secret of type kubernetes.io/service-account-token that gives the pods the account's token. */
  readonly tokenSecret?: string;
  /**
   * Secret that the pods use, that is not among the manifests, and that seems to contain an account's token.
   */
  readonly unseenSecret?: string;
}

/** Rule with fields as in Kubernetes' rbac.authorization.k8s.io/v1 API; other fields are omitted. */
export interface PolicyRuleFacts {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames: readonly string[];
}

/** The pods' ServiceAccount. */
interface AccountEffect {
  readonly is: "account";
  /** Whether pods that do not set this themselves get the account's token. */
  readonly automountServiceAccountToken?: boolean;
}

/** A Service targets ports of the pods by names that no container of any workload has. */
interface ServiceEffect {
  readonly is: "service";
  /** Missing `targetPort` names. */
  readonly missingPorts: readonly string[];
}

/** An autoscaler sets the replicas of the workload, possibly to more than one. */
export interface ScalingEffect {
  readonly is: "scaling";
  readonly minimum: number;
  readonly maximum: number;
}

/** An object adds configuration, or a program, to a controller that other applications share. */
export interface SnippetEffect {
  readonly is: "snippet";
  /** Field with the snippet: `metadata.annotations.nginx.ingress.kubernetes.io/server-snippet`. */
  readonly field: string;
  /** Most severe effect; `leaves-its-place`: a bracket closes a block that the controller opened. */
  readonly does: "runs-code" | "leaves-its-place" | "reads-files" | "unknown" | "ordinary";
  /** First directive with that effect; empty if no directive has it. */
  readonly directive: string;
}

/** An object refers to another namespace, or to another host. */
export interface OtherNamespaceEffect {
  readonly is: "other-namespace";
  /**
   * `placed`: the object applies to pods of another namespace; `takes`, `gives`: a controller copies its
   * content from, or to, another namespace; `clones`: a claim begins with another volume's content; `leads`:
   * a route leads elsewhere.
   */
  readonly does: "placed" | "takes" | "gives" | "clones" | "leads";
  readonly field: string;
  /** Namespace, `NAMESPACE/NAME`, a pattern of namespaces, or a host. */
  readonly target: string;
}

/** A PodDisruptionBudget limits how many of the pods may be evicted at once. */
export interface BudgetEffect {
  readonly is: "disruption-budget";
  /** `spec.minAvailable` or `spec.maxUnavailable`. */
  readonly field: string;
  /** Number or percentage of pods. */
  readonly value: string | number;
}

/** An object exempts pods from the profile Restricted, or lowers it for their namespace. */
export interface ExemptionEffect {
  readonly is: "exemption";
  /** Field that exempts: `allowPrivilegedContainer`, `exemptions.namespaces`. */
  readonly field: string;
  /** Whether the object certainly concerns the pods of this workload, or only possibly. */
  readonly holds: "these-pods" | "perhaps-these-pods";
}

/** An object asks to send the requests of one client to the same pod (sticky sessions). */
export interface AffinityEffect {
  readonly is: "affinity";
  /**
   * Field with the affinity: `spec.sessionAffinity`,
   * `metadata.annotations.nginx.ingress.kubernetes.io/affinity`.
   */
  readonly field: string;
  /** Text of the field; empty if it is a mapping. */
  readonly value: string;
  /**
   * Criterion: the client (cookie, address), a header, the content of the request; `version`: the version of
   * the pods.
   */
  readonly by: "client" | "header" | "content" | "version";
  /**
   * Pods that the object concerns; `nothing` for a headless Service, `perhaps-these-pods` if the Service is
   * elsewhere.
   */
  readonly binds: "these-pods" | "perhaps-these-pods" | "nothing";
}

/** An object contains a fixed IP address, at which the application is reached or which it calls. */
interface AddressEffect {
  readonly is: "address";
  /** Field with the address: `spec.clusterIP`, `spec.externalIPs[0]`. */
  readonly field: string;
  /** IP address, or a DNS name that may encode one. */
  readonly address: string;
}
