import type {
  DnsConfigFacts,
  HostAliasFacts,
  NamedFacts,
  NodeAffinityFacts,
  NodeConditionFacts,
  NodeTermFacts,
  PodSpecFacts,
  ResourceClaimFacts,
} from "../../contract/pod-facts.ts";
import { list, map, object, objects } from "./collections.ts";
import { container } from "./container.ts";
import { resources } from "./resources.ts";
import { boolean, int64, string } from "./scalars.ts";
import { podSecurityContext } from "./security-context.ts";
import { volume } from "./volume.ts";

/** Metadata of a workload or of its pod template. */
export interface Metadata {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
}

export const metadata = object<Metadata>({
  name: string,
  generateName: string,
  namespace: string,
  labels: map(string),
  annotations: map(string),
  finalizers: list(string, ""),
});

const containers = objects(container, {});
const named = object<NamedFacts>({ name: string });

const nodeConditions = objects(
  object<NodeConditionFacts>({ key: string, operator: string, values: list(string, "") }),
  {},
);
const nodeTerm = object<NodeTermFacts>({ matchExpressions: nodeConditions, matchFields: nodeConditions });
const required = object<NonNullable<NodeAffinityFacts["requiredDuringSchedulingIgnoredDuringExecution"]>>({
  nodeSelectorTerms: objects(nodeTerm, {}),
});
const nodeAffinity = object<NodeAffinityFacts>({ requiredDuringSchedulingIgnoredDuringExecution: required });

/** Decoder of a pod's spec; its lists, which every pod must have, may still be absent. */
export const podSpec = object<Partial<PodSpecFacts>>({
  containers,
  initContainers: containers,
  ephemeralContainers: containers,
  volumes: objects(volume, { sources: [] }),
  securityContext: podSecurityContext,
  hostNetwork: boolean,
  hostPID: boolean,
  hostIPC: boolean,
  hostUsers: boolean,
  shareProcessNamespace: boolean,
  hostname: string,
  hostnameOverride: string,
  subdomain: string,
  setHostnameAsFQDN: boolean,
  hostAliases: objects(object<HostAliasFacts>({ ip: string, hostnames: list(string, "") }), {}),
  dnsPolicy: string,
  dnsConfig: object<DnsConfigFacts>({
    nameservers: list(string, ""),
    searches: list(string, ""),
    options: objects(
      object<{ readonly name?: string; readonly value?: string }>({ name: string, value: string }),
      {},
    ),
  }),
  nodeName: string,
  nodeSelector: map(string),
  affinity: object<NonNullable<PodSpecFacts["affinity"]>>({ nodeAffinity }),
  os: named,
  restartPolicy: string,
  terminationGracePeriodSeconds: int64,
  activeDeadlineSeconds: int64,
  readinessGates: objects(object<{ readonly conditionType?: string }>({ conditionType: string }), {}),
  schedulingGates: objects(named, {}),
  serviceAccountName: string,
  serviceAccount: string,
  automountServiceAccountToken: boolean,
  enableServiceLinks: boolean,
  runtimeClassName: string,
  imagePullSecrets: objects(named, {}),
  resourceClaims: objects(
    object<ResourceClaimFacts>({
      name: string,
      resourceClaimName: string,
      resourceClaimTemplateName: string,
    }),
    {},
  ),
  resources,
});
