import { z } from "zod";
import { exactly } from "../../contract/exactly.ts";
import type { PodFacts } from "../../contract/pod-facts.ts";
import { boolean, many, maybe, number, string, strings, words } from "./optional-fields.ts";

const profile = maybe({ type: string, localhostProfile: string });
const reference = { name: string, optional: boolean };
const keyReference = maybe({ ...reference, key: string });
const resources = maybe({ limits: words.exactOptional(), requests: words.exactOptional() });
const port = z.union([z.number(), z.string()]).exactOptional();

const security = {
  runAsUser: number,
  runAsGroup: number,
  runAsNonRoot: boolean,
  seccompProfile: profile,
  appArmorProfile: profile,
  seLinuxOptions: maybe({ user: string, role: string, type: string, level: string }),
  windowsOptions: maybe({ hostProcess: boolean, runAsUserName: string }),
};

const handler = {
  exec: maybe({ command: strings() }),
  httpGet: maybe({
    path: string,
    port,
    host: string,
    scheme: string,
    httpHeaders: many({ name: string, value: string }),
  }),
  tcpSocket: maybe({ port, host: string }),
};

const probe = maybe({
  ...handler,
  grpc: maybe({ port: number, service: string }),
  initialDelaySeconds: number,
  periodSeconds: number,
  timeoutSeconds: number,
  successThreshold: number,
  failureThreshold: number,
  terminationGracePeriodSeconds: number,
});

const hook = maybe({ ...handler, sleep: maybe({ seconds: number }) });

const resourceFieldRef = maybe({ containerName: string, resource: string, divisor: string });

const variable = {
  name: string,
  value: string,
  valueFrom: maybe({
    secretKeyRef: keyReference,
    configMapKeyRef: keyReference,
    fieldRef: maybe({ fieldPath: string }),
    resourceFieldRef,
    fileKeyRef: maybe({ volumeName: string, path: string, key: string, optional: boolean }),
  }),
};

const container = z.strictObject({
  name: string,
  image: string,
  imagePullPolicy: string,
  command: strings(),
  args: strings(),
  workingDir: string,
  env: many(variable),
  envFrom: many({ prefix: string, configMapRef: maybe(reference), secretRef: maybe(reference) }),
  ports: many({ name: string, containerPort: number, protocol: string, hostPort: number, hostIP: string }),
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
  lifecycle: maybe({ postStart: hook, preStop: hook, stopSignal: string }),
  resources,
  securityContext: maybe({
    ...security,
    privileged: boolean,
    allowPrivilegeEscalation: boolean,
    readOnlyRootFilesystem: boolean,
    capabilities: maybe({ add: strings(), drop: strings() }),
    procMount: string,
  }),
  volumeMounts: many({
    name: string,
    mountPath: string,
    subPath: string,
    subPathExpr: string,
    readOnly: boolean,
    mountPropagation: string,
  }),
  volumeDevices: many({ name: string, devicePath: string }),
  restartPolicy: string,
  targetContainerName: string,
  terminationMessagePath: string,
  stdin: boolean,
  tty: boolean,
});

const items = many({ key: string, path: string, mode: number });
const projected = { ...reference, items };
const downward = {
  items: many({ path: string, mode: number, fieldRef: maybe({ fieldPath: string }), resourceFieldRef }),
};

/** A claim's request for a volume, as stored. */
export const requestedVolume = maybe({
  accessModes: strings(),
  storageClassName: string,
  volumeName: string,
  volumeMode: string,
  selector: maybe({
    matchLabels: words.exactOptional(),
    matchExpressions: many({ key: string, operator: string, values: strings() }),
  }),
  resources: maybe({ requests: words.exactOptional() }),
});

const volume = z.strictObject({
  name: string,
  sources: z.array(z.string()),
  hostPath: maybe({ path: string, type: string }),
  emptyDir: maybe({ medium: string, sizeLimit: string }),
  configMap: maybe({ ...projected, defaultMode: number }),
  secret: maybe({ secretName: string, optional: boolean, items, defaultMode: number }),
  projected: maybe({
    defaultMode: number,
    sources: many({
      configMap: maybe(projected),
      secret: maybe(projected),
      downwardAPI: maybe(downward),
      serviceAccountToken: maybe({ path: string }),
      clusterTrustBundle: maybe({ name: string, signerName: string, path: string, optional: boolean }),
      podCertificate: maybe({
        signerName: string,
        keyType: string,
        keyPath: string,
        certificateChainPath: string,
        credentialBundlePath: string,
      }),
    }),
  }),
  downwardAPI: maybe({ ...downward, defaultMode: number }),
  image: maybe({ reference: string, pullPolicy: string }),
  persistentVolumeClaim: maybe({ claimName: string, readOnly: boolean }),
  ephemeral: maybe({ volumeClaimTemplate: maybe({ spec: requestedVolume }) }),
  csi: maybe({ driver: string, readOnly: boolean, volumeAttributes: words.exactOptional() }),
});

const nodeConditions = many({ key: string, operator: string, values: strings() });

const podFacts = z.strictObject({
  labels: words,
  annotations: words,
  finalizers: strings(),
  spec: z.strictObject({
    containers: z.array(container),
    initContainers: z.array(container),
    ephemeralContainers: z.array(container),
    volumes: z.array(volume),
    securityContext: maybe({
      ...security,
      fsGroup: number,
      fsGroupChangePolicy: string,
      supplementalGroups: z.array(z.number()).exactOptional(),
      supplementalGroupsPolicy: string,
      sysctls: many({ name: string, value: string }),
    }),
    hostNetwork: boolean,
    hostPID: boolean,
    hostIPC: boolean,
    hostUsers: boolean,
    shareProcessNamespace: boolean,
    hostname: string,
    hostnameOverride: string,
    subdomain: string,
    setHostnameAsFQDN: boolean,
    hostAliases: many({ ip: string, hostnames: strings() }),
    dnsPolicy: string,
    dnsConfig: maybe({
      nameservers: strings(),
      searches: strings(),
      options: many({ name: string, value: string }),
    }),
    nodeName: string,
    nodeSelector: words.exactOptional(),
    affinity: maybe({
      nodeAffinity: maybe({
        requiredDuringSchedulingIgnoredDuringExecution: maybe({
          nodeSelectorTerms: many({ matchExpressions: nodeConditions, matchFields: nodeConditions }),
        }),
      }),
    }),
    os: maybe({ name: string }),
    restartPolicy: string,
    terminationGracePeriodSeconds: number,
    activeDeadlineSeconds: number,
    readinessGates: many({ conditionType: string }),
    schedulingGates: many({ name: string }),
    serviceAccountName: string,
    serviceAccount: string,
    automountServiceAccountToken: boolean,
    enableServiceLinks: boolean,
    runtimeClassName: string,
    imagePullSecrets: many({ name: string }),
    resourceClaims: many({ name: string, resourceClaimName: string, resourceClaimTemplateName: string }),
    resources,
  }),
});

/** A pod of a workload, as stored. */
export const podSchema = exactly<PodFacts>()(podFacts.meta({ id: "pod" }));
