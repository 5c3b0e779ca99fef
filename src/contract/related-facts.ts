/**
 * An object among the manifests, beside a workload, that changes the workload's pods, their rights, or how
 * they are reached: plain JSON.
 */
export interface RelatedFacts {
  readonly kind: string;
  /** Empty when metadata gives none. */
  readonly name: string;
  /** As the user named it, `-` for standard input. */
  readonly file: string;
  /** On which the object begins, from 1. */
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

/** The object changes pods when they are created: their manifest is not what runs. */
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
  /** What the role allows; absent where no role of that name is among the manifests, or a controller fills it in. */
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
  /** Whether pods that do not say it themselves get its token. */
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
