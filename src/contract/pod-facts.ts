// Fields of a pod that rules read, named and typed as in Kubernetes' core/v1 API. An absent field was not
// set, was null, or could not be decoded; in the last case it is recorded in `invalid` of the workload. Lists
// of objects keep their positions: an entry that could not be decoded is an empty object, so that
// `containers[1]` is the second container in the manifest.

import type { RefFacts, ResourceFieldFacts, VolumeFacts } from "./volume-facts.ts";

export interface PodFacts {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Finalizers; absent if there are none. */
  readonly finalizers?: readonly string[];
  readonly spec: PodSpecFacts;
}

export interface PodSpecFacts {
  readonly containers: readonly ContainerFacts[];
  readonly initContainers: readonly ContainerFacts[];
  readonly ephemeralContainers: readonly ContainerFacts[];
  readonly volumes: readonly VolumeFacts[];
  readonly securityContext?: PodSecurityContextFacts;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly hostUsers?: boolean;
  readonly shareProcessNamespace?: boolean;
  readonly hostname?: string;
  /** Host name without the limits of `hostname` (Kubernetes 1.34 and later). */
  readonly hostnameOverride?: string;
  readonly subdomain?: string;
  /** Whether the host name is fully qualified, with subdomain and namespace. */
  readonly setHostnameAsFQDN?: boolean;
  readonly hostAliases?: readonly HostAliasFacts[];
  /** Resolver of the pod; Kubernetes' default is ClusterFirst. */
  readonly dnsPolicy?: string;
  readonly dnsConfig?: DnsConfigFacts;
  readonly nodeName?: string;
  /** Labels that a node must have. */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly affinity?: { readonly nodeAffinity?: NodeAffinityFacts };
  readonly os?: { readonly name?: string };
  readonly restartPolicy?: string;
  /** Seconds; Kubernetes' default is 30. */
  readonly terminationGracePeriodSeconds?: number;
  readonly activeDeadlineSeconds?: number;
  /** Conditions that controllers set, and without which the pod is not ready. */
  readonly readinessGates?: readonly { readonly conditionType?: string }[];
  /** Gates that controllers remove; the pod gets no node before. */
  readonly schedulingGates?: readonly NamedFacts[];
  readonly serviceAccountName?: string;
  /** The deprecated name of serviceAccountName. */
  readonly serviceAccount?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly enableServiceLinks?: boolean;
  readonly runtimeClassName?: string;
  readonly imagePullSecrets?: readonly NamedFacts[];
  /** Claims to devices, which containers use by name. */
  readonly resourceClaims?: readonly ResourceClaimFacts[];
  /** Resources of all containers together (Kubernetes 1.34 and later). */
  readonly resources?: ResourcesFacts;
}

/** Rules on nodes that scheduling must respect; preferences are left out. */
export interface NodeAffinityFacts {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: {
    /** Alternatives, of which a node must match one. */
    readonly nodeSelectorTerms?: readonly NodeTermFacts[];
  };
}

/** Conditions of which a node must match all; without any, no node matches. */
export interface NodeTermFacts {
  /** Conditions on labels. */
  readonly matchExpressions?: readonly NodeConditionFacts[];
  /** Conditions on fields; Kubernetes allows only `metadata.name`. */
  readonly matchFields?: readonly NodeConditionFacts[];
}

export interface NodeConditionFacts {
  readonly key?: string;
  readonly operator?: string;
  readonly values?: readonly string[];
}

export interface ContainerFacts {
  readonly name?: string;
  readonly image?: string;
  readonly imagePullPolicy?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly workingDir?: string;
  readonly env?: readonly EnvFacts[];
  readonly envFrom?: readonly EnvSourceFacts[];
  readonly ports?: readonly PortFacts[];
  readonly livenessProbe?: ProbeFacts;
  readonly readinessProbe?: ProbeFacts;
  readonly startupProbe?: ProbeFacts;
  readonly lifecycle?: LifecycleFacts;
  readonly resources?: ResourcesFacts;
  readonly securityContext?: SecurityContextFacts;
  readonly volumeMounts?: readonly VolumeMountFacts[];
  readonly volumeDevices?: readonly VolumeDeviceFacts[];
  /** `Always` makes an init container a sidecar. */
  readonly restartPolicy?: string;
  /** Field of an ephemeral container. */
  readonly targetContainerName?: string;
  /** Path of the kubelet's termination message file; default /dev/termination-log. */
  readonly terminationMessagePath?: string;
  readonly stdin?: boolean;
  readonly tty?: boolean;
}

/** Fields common to pod and container. */
interface SharedSecurityFacts {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly runAsNonRoot?: boolean;
  readonly seccompProfile?: ProfileFacts;
  readonly appArmorProfile?: ProfileFacts;
  readonly seLinuxOptions?: SELinuxFacts;
  readonly windowsOptions?: WindowsFacts;
}

export interface PodSecurityContextFacts extends SharedSecurityFacts {
  readonly fsGroup?: number;
  readonly fsGroupChangePolicy?: string;
  readonly supplementalGroups?: readonly number[];
  /** `Strict`: the groups of the image's /etc/group are left out. */
  readonly supplementalGroupsPolicy?: string;
  readonly sysctls?: readonly SysctlFacts[];
}

export interface SecurityContextFacts extends SharedSecurityFacts {
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly capabilities?: CapabilitiesFacts;
  readonly procMount?: string;
}

/** Fields of seccompProfile and appArmorProfile. */
export interface ProfileFacts {
  readonly type?: string;
  readonly localhostProfile?: string;
}

export interface SELinuxFacts {
  readonly user?: string;
  readonly role?: string;
  readonly type?: string;
  readonly level?: string;
}

export interface WindowsFacts {
  readonly hostProcess?: boolean;
  readonly runAsUserName?: string;
}

export interface CapabilitiesFacts {
  readonly add?: readonly string[];
  readonly drop?: readonly string[];
}

export interface SysctlFacts {
  readonly name?: string;
  readonly value?: string;
}

export interface HostAliasFacts {
  readonly ip?: string;
  readonly hostnames?: readonly string[];
}

/** Additions to the pod's resolv.conf. */
export interface DnsConfigFacts {
  readonly nameservers?: readonly string[];
  readonly searches?: readonly string[];
  readonly options?: readonly { readonly name?: string; readonly value?: string }[];
}

export interface NamedFacts {
  readonly name?: string;
}

export interface EnvFacts {
  readonly name?: string;
  readonly value?: string;
  readonly valueFrom?: ValueFromFacts;
}

export interface ValueFromFacts {
  readonly secretKeyRef?: KeyRefFacts;
  readonly configMapKeyRef?: KeyRefFacts;
  readonly fieldRef?: { readonly fieldPath?: string };
  /** `divisor`: a quantity; default: 1. */
  readonly resourceFieldRef?: ResourceFieldFacts;
  readonly fileKeyRef?: FileKeyRefFacts;
}

export interface KeyRefFacts {
  readonly name?: string;
  readonly key?: string;
  readonly optional?: boolean;
}

export interface FileKeyRefFacts {
  readonly volumeName?: string;
  readonly path?: string;
  readonly key?: string;
  readonly optional?: boolean;
}

export interface EnvSourceFacts {
  readonly prefix?: string;
  readonly configMapRef?: RefFacts;
  readonly secretRef?: RefFacts;
}

export interface PortFacts {
  readonly name?: string;
  readonly containerPort?: number;
  readonly protocol?: string;
  readonly hostPort?: number;
  readonly hostIP?: string;
}

/** Handlers common to probes and hooks. */
interface SharedHandlerFacts {
  readonly exec?: { readonly command?: readonly string[] };
  readonly httpGet?: HttpGetFacts;
  readonly tcpSocket?: TcpSocketFacts;
}

/** `port`: a number, or the name of a container port. */
export interface HttpGetFacts {
  readonly path?: string;
  readonly port?: number | string;
  readonly host?: string;
  readonly scheme?: string;
  readonly httpHeaders?: readonly { readonly name?: string; readonly value?: string }[];
}

export interface TcpSocketFacts {
  readonly port?: number | string;
  readonly host?: string;
}

export interface GrpcFacts {
  readonly port?: number;
  readonly service?: string;
}

/** A probe, in seconds and counts; Kubernetes' defaults are not filled in. */
export interface ProbeFacts extends SharedHandlerFacts {
  readonly grpc?: GrpcFacts;
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly successThreshold?: number;
  readonly failureThreshold?: number;
  readonly terminationGracePeriodSeconds?: number;
}

export interface HookFacts extends SharedHandlerFacts {
  readonly sleep?: { readonly seconds?: number };
}

export interface LifecycleFacts {
  readonly postStart?: HookFacts;
  readonly preStop?: HookFacts;
  readonly stopSignal?: string;
}

/** Quantities as written: `500m`, `128Mi`, `2`. */
export interface ResourcesFacts {
  readonly limits?: Readonly<Record<string, string>>;
  readonly requests?: Readonly<Record<string, string>>;
}

/** Claim to devices: an existing object of that name, or an object created for each pod. */
export interface ResourceClaimFacts {
  readonly name?: string;
  readonly resourceClaimName?: string;
  readonly resourceClaimTemplateName?: string;
}

export interface VolumeMountFacts {
  readonly name?: string;
  readonly mountPath?: string;
  readonly subPath?: string;
  readonly subPathExpr?: string;
  readonly readOnly?: boolean;
  readonly mountPropagation?: string;
}

export interface VolumeDeviceFacts {
  readonly name?: string;
  readonly devicePath?: string;
}
