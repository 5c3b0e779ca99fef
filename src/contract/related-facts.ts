/**
 * An object among the manifests, beside a workload, that changes the workload's pods, their rights, or how
 * they are reached: plain JSON.
 */
export interface RelatedFacts {
  readonly kind: string;
  /** Empty when metadata gives none. */
  readonly name: string;
  /** File as the user typed it, `-` for standard input. */
  readonly file: string;
  /** Line on which the object begins, from 1. */
  readonly line: number;
  readonly effect: RelatedEffect;
}

/** How such an object bears on the pods. */
export type RelatedEffect =
  | MutationEffect
  | EnforcementEffect
  | RightsEffect
  | AccountEffect
  | ServiceEffect
  | AddressEffect;

/** The object changes pods at their creation, so that the manifest is not what runs. */
interface MutationEffect {
  readonly is: "mutation";
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
  /** `cluster`: of a ClusterRoleBinding; else in the namespace alone. */
  readonly scope: "cluster" | "namespace";
  /** `ClusterRole/cluster-admin`. */
  readonly role: string;
  /** Rules of the role; absent if the role is not among the manifests, or a controller completes it. */
  readonly rules?: readonly PolicyRuleFacts[];
}

/** Named as in Kubernetes' rbac.authorization.k8s.io/v1 API; other fields are left out. */
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

/** A Service calls the pods by names of ports that no container of any workload here has. */
interface ServiceEffect {
  readonly is: "service";
  /** `targetPort` of each. */
  readonly missingPorts: readonly string[];
}

/** An object fixes an IP address that the application is reached by, or calls. */
interface AddressEffect {
  readonly is: "address";
  /** `spec.clusterIP`, `spec.externalIPs[0]`. */
  readonly field: string;
  readonly address: string;
}
