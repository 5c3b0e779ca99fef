import { z } from "zod";
import { exactly } from "../../contract/exactly.ts";
import type { ApiLocation, FileLocation } from "../../contract/object-location.ts";
import type { PodFacts } from "../../contract/pod-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";

const string = z.string().exactOptional();
const number = z.number().exactOptional();
const boolean = z.boolean().exactOptional();
const count = z.int().min(0);
const words = z.record(z.string(), z.string());
const text = z.strictObject({ fr: z.string(), en: z.string() });

function strings() {
  return z.array(z.string()).exactOptional();
}

function maybe<T extends z.ZodRawShape>(shape: T) {
  return z.strictObject(shape).exactOptional();
}

function many<T extends z.ZodRawShape>(shape: T) {
  return z.array(z.strictObject(shape)).exactOptional();
}

const policyRule = {
  apiGroups: z.array(z.string()),
  resources: z.array(z.string()),
  verbs: z.array(z.string()),
  resourceNames: z.array(z.string()),
};
const invalidField = z.strictObject({ path: z.string(), at: string, problem: text });
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
    fileKeyRef: maybe({ volumeName: string, path: string, key: string }),
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
    }),
  }),
  downwardAPI: maybe({ ...downward, defaultMode: number }),
  image: maybe({ reference: string, pullPolicy: string }),
  persistentVolumeClaim: maybe({ claimName: string, readOnly: boolean }),
  csi: maybe({ driver: string, readOnly: boolean, volumeAttributes: words.exactOptional() }),
});

const podFacts = z.strictObject({
  labels: words,
  annotations: words,
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
    hostAliases: many({ ip: string, hostnames: strings() }),
    dnsConfig: maybe({ nameservers: strings() }),
    nodeName: string,
    os: maybe({ name: string }),
    restartPolicy: string,
    terminationGracePeriodSeconds: number,
    activeDeadlineSeconds: number,
    serviceAccountName: string,
    serviceAccount: string,
    automountServiceAccountToken: boolean,
    enableServiceLinks: boolean,
    runtimeClassName: string,
    imagePullSecrets: many({ name: string }),
    resources,
  }),
});

const pod = exactly<PodFacts>()(podFacts.meta({ id: "pod" }));

const secret = {
  kind: z.string(),
  masked: z.string(),
  id: z.string(),
  confidence: z.enum(["confirmed", "likely"]),
};

const ofFile = {
  in: z.literal("file").exactOptional(),
  file: z.string(),
  document: count,
  line: z.int().min(1),
};
const ofApi = { in: z.literal("api"), uid: z.string(), resourceVersion: string };

const facts = {
  path: z.string(),
  apiVersion: z.string(),
  kind: z.string(),
  namespace: string,
  name: z.string(),
  labels: words,
  annotations: words,
  environment: string,
  lifetime: z.enum(["long-running", "batch"]),
  replicas: number,
  podPath: z.string(),
  pod,
  claims: z.array(
    z.strictObject({
      name: z.string(),
      source: z.enum(["template", "claim"]),
      accessModes: strings(),
      onNode: string,
    }),
  ),
  misplaced: z.array(z.string()).exactOptional(),
  invalid: z.array(invalidField),
  refused: z.array(invalidField).exactOptional(),
  unknown: strings(),
  objects: many({
    kind: z.enum(["ConfigMap", "Secret", "PersistentVolume", "StorageClass"]),
    name: z.string(),
    file: z.string(),
    line: z.int().min(1),
    injected: z.boolean(),
    secrets: z.array(z.strictObject({ key: z.string(), ...secret })),
    variables: words.exactOptional(),
  }),
  related: many({
    kind: z.string(),
    name: z.string(),
    file: z.string(),
    line: z.int().min(1),
    effect: z.discriminatedUnion("is", [
      z.strictObject({ is: z.literal("mutation") }),
      z.strictObject({ is: z.literal("enforcement"), level: string, version: string }),
      z.strictObject({
        is: z.literal("rights"),
        scope: z.enum(["cluster", "namespace", "other-namespace"]),
        needsNoToken: z.literal(true).exactOptional(),
        role: z.string(),
        rules: many(policyRule),
        aggregated: many(policyRule),
        aggregatedRoles: strings(),
        account: string,
        tokenSecret: string,
        unseenSecret: string,
      }),
      z.strictObject({ is: z.literal("account"), automountServiceAccountToken: boolean }),
      z.strictObject({ is: z.literal("service"), missingPorts: z.array(z.string()) }),
      z.strictObject({ is: z.literal("address"), field: z.string(), address: z.string() }),
    ]),
  }),
  secrets: many({ path: z.string(), name: z.string(), ...secret }),
};

const workload = z.discriminatedUnion("in", [
  z.strictObject({ ...ofFile, ...facts }),
  z.strictObject({ ...ofApi, ...facts }),
]);

/** A workload as stored: its location is flattened into its own fields; that of a file needs no `in`. */
export type StoredWorkload<W extends RawWorkload = RawWorkload> = Omit<W, "at"> &
  ((Omit<FileLocation, "in"> & { readonly in?: "file" }) | ApiLocation);

/** A workload, as stored. Unknown fields are refused, since a later rule might rely on them. */
export const workloadFactsSchema = exactly<StoredWorkload>()(workload);

export function storedWorkload<W extends RawWorkload>({ at, ...facts }: W): StoredWorkload<W> {
  if (at.in === "api") return { ...at, ...facts };
  const { file, document, line } = at;
  return { file, document, line, ...facts };
}

export function workloadOf(stored: StoredWorkload): RawWorkload {
  if (stored.in === "api") {
    const { in: _, uid, resourceVersion, ...facts } = stored;
    const version = resourceVersion === undefined ? {} : { resourceVersion };
    return { at: { in: "api", uid, ...version }, ...facts };
  }
  const { in: _, file, document, line, ...facts } = stored;
  return { at: { in: "file", file, document, line }, ...facts };
}
