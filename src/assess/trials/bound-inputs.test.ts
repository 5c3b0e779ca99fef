import { readFileSync } from "node:fs";
import * as models from "@kubernetes/client-node/dist/gen/models/all.js";
import { describe, expect, test } from "vitest";
import { countedInputs } from "../../../test/fixtures/counted-inputs.ts";
import { type InputCase, object } from "../../../test/fixtures/given-inputs.ts";
import type { ContainerFacts, PodSpecFacts } from "../../contract/pod-facts.ts";
import type {
  ContainerPlan,
  FilePlan,
  PodPlan,
  ProbePlan,
  RequestPlan,
  VolumePlan,
} from "../../trial/plan/plan.ts";

/**
 * Two manifests that differ in one input: evidence of the first must not prove the second. Or the reason why
 * the input does not matter.
 */
type Entry =
  | { readonly tried: InputCase; readonly judged: InputCase }
  /** No trial can provide the input, so none proves a manifest that has it. */
  | { readonly unprovided: InputCase }
  | { readonly harmless: string };

/** Fields of the plan that a supervisor is given, by interface. */
type PlanField =
  | `PodPlan.${keyof PodPlan}`
  | `ContainerPlan.${keyof ContainerPlan}`
  | `RequestPlan.${keyof RequestPlan}`
  | `VolumePlan.${keyof VolumePlan}`
  | `FilePlan.${keyof FilePlan}`
  | `ProbePlan.${keyof ProbePlan}`;

const of = (spec: ContainerFacts, more: Omit<InputCase, "spec"> = {}): InputCase => ({ spec, ...more });
const pod = (fields: Partial<PodSpecFacts>): InputCase => ({ spec: {}, pod: fields });
const changed = (judged: InputCase, tried: InputCase = { spec: {} }): Entry => ({ tried, judged });
const harmless = (why: string): Entry => ({ harmless: why });

const MACHINE = harmless("of the machine that tries, or of how the trial is organised: no container sees it");
const SETTLED = harmless(
  "the settings' stimuli and waits make a trial possible (ADR 0112): they give the container nothing",
);
const volume = (fields: object): Partial<PodSpecFacts> => ({
  volumes: [{ name: "v", sources: Object.keys(fields), ...fields }],
});
const MOUNT = { volumeMounts: [{ name: "v", mountPath: "/data" }] };
const mounting = (fields: object, objects = ""): InputCase => ({ spec: MOUNT, pod: volume(fields), objects });
/** A folder of a volume of which another mount shows the whole. */
const folderBeside = (subPath: string): InputCase => {
  const volumeMounts = [
    { name: "v", mountPath: "/work" },
    { name: "v", mountPath: "/data", subPath },
  ];
  return of({ volumeMounts }, { pod: volume({ emptyDir: {} }) });
};
/** A mounted claim with these access modes, or one of a StatefulSet's templates. */
const claiming = (...accessModes: string[]): InputCase => ({
  ...mounting({ persistentVolumeClaim: { claimName: "data" } }),
  facts: { claims: [{ name: "data", source: "claim", accessModes }] },
});
const templated = (...accessModes: string[]): InputCase => ({
  spec: MOUNT,
  facts: { claims: [{ name: "v", source: "template", accessModes }] },
});
const MAP = { configMap: { name: "web" } };
const service = (spec: object, name = "web"): string =>
  `${JSON.stringify({ apiVersion: "v1", kind: "Service", metadata: { name }, spec })}\n---\n`;
const PORTS = [{ port: 80, targetPort: 8_080 }];
const account = (automountServiceAccountToken: boolean): string => {
  const metadata = { name: "default" };
  const object = { apiVersion: "v1", kind: "ServiceAccount", metadata, automountServiceAccountToken };
  return `${JSON.stringify(object)}\n---\n`;
};
const secret = (data: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: web }\nstringData: { ${data} }\n`;
const WHOLE: ContainerFacts = { envFrom: [{ secretRef: { name: "web" } }] };
const mountedSecret = (items?: readonly { readonly key: string; readonly path: string }[]): InputCase => ({
  spec: { volumeMounts: [{ name: "s", mountPath: "/etc/s" }] },
  pod: {
    volumes: [
      {
        name: "s",
        sources: ["secret"],
        secret: { secretName: "web", ...(items === undefined ? {} : { items }) },
      },
    ],
  },
});
const MOUNTED = mountedSecret();
/** A workload that a Service may select, whose container declares the port. */
const DECLARING = { labels: { app: "web" }, spec: { ports: [{ containerPort: 8_080 }] } };
const CALLS = { selector: { app: "web" }, ports: PORTS };
/** The same without the Service's variables. */
const UNLINKED: InputCase = { ...DECLARING, pod: { enableServiceLinks: false } };
/** A workload that an Ingress of this host leads to. */
const routed = (host: string): InputCase => {
  const backend = { service: { name: "web", port: { number: 80 } } };
  const rules = [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }];
  const ingress = { apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata: { name: "web" } };
  return { ...DECLARING, objects: service(CALLS) + JSON.stringify({ ...ingress, spec: { rules } }) };
};
const probe = (fields: object): ContainerFacts => ({ readinessProbe: { httpGet: { port: 80, ...fields } } });

const PLAN: Readonly<Record<PlanField, Entry>> = {
  "PodPlan.name": MACHINE,
  "PodPlan.apart": MACHINE,
  "PodPlan.onlyWritable": MACHINE,
  "PodPlan.origin": MACHINE,
  "PodPlan.deadlineMs": SETTLED,
  "PodPlan.keep": MACHINE,
  "PodPlan.tools": MACHINE,
  "PodPlan.scratch": MACHINE,
  "PodPlan.cgroup": MACHINE,
  "PodPlan.rootBytes": MACHINE,
  "PodPlan.serves": MACHINE,
  "PodPlan.hostname": changed(pod({ hostname: "localhost" })),
  "PodPlan.namespace": harmless(
    "environments of one application differ by it; where the downward API gives it, that is bound",
  ),
  "PodPlan.sharesProcesses": changed(pod({ shareProcessNamespace: true })),
  "PodPlan.volumes": changed(mounting({ emptyDir: {} }), of({ volumeMounts: [] })),
  "PodPlan.dependencies": harmless(
    "services elsewhere are the team's word; a proof names those that ran beside",
  ),
  "PodPlan.ownServices": changed(
    { ...UNLINKED, objects: service({ ...CALLS, ports: [{ port: 81, targetPort: 8_080 }] }) },
    { ...UNLINKED, objects: service(CALLS) },
  ),
  "PodPlan.absent": changed(of({}, { beside: [{ name: "two" }] })),
  "PodPlan.containers": changed(of({}, { beside: [{ name: "two", command: ["b"] }] }), {
    spec: {},
    beside: [{ name: "two", command: ["a"] }],
  }),
  "ContainerPlan.name": harmless("a name of the manifest, which no program sees"),
  "ContainerPlan.role": changed({ spec: { restartPolicy: "Always" }, isInit: true }),
  "ContainerPlan.layers": harmless("bound as the image's id"),
  "ContainerPlan.mountOptions": MACHINE,
  "ContainerPlan.ids": MACHINE,
  "ContainerPlan.config": changed(of({ command: ["other"] })),
  "ContainerPlan.processes": MACHINE,
  "ContainerPlan.rootIsReadOnly": harmless("both roots are tried; rules take the one of the judged manifest"),
  "ContainerPlan.triesMounts": harmless("proposals are tried beside what counts"),
  "ContainerPlan.writable": changed(
    of(
      { volumeMounts: [{ name: "v", mountPath: "/data", readOnly: true }] },
      { pod: volume({ emptyDir: {} }) },
    ),
    mounting({ emptyDir: {} }),
  ),
  "ContainerPlan.stimuli": harmless("by its fields, below"),
  "ContainerPlan.waits": harmless(
    "the grace period is compared with how long a stop took; the others only wait",
  ),
  "RequestPlan.lifetime": changed({ spec: {}, facts: { lifetime: "batch" } }),
  "RequestPlan.ports": changed(of({ ports: [{ containerPort: 80 }] })),
  "RequestPlan.datagramPorts": changed(of({ ports: [{ containerPort: 53, protocol: "UDP" }] })),
  "RequestPlan.hint": harmless("follows from the manifest's ports and the image"),
  "RequestPlan.toldPort": SETTLED,
  "RequestPlan.probes": changed(of(probe({ path: "/b" })), of(probe({ path: "/a" }))),
  "RequestPlan.readiness": changed(of(probe({ path: "/b" })), of(probe({ path: "/a" }))),
  "RequestPlan.hooks": changed(of({ lifecycle: { preStop: { sleep: { seconds: 1 } } } })),
  "RequestPlan.hosts": changed(routed("b.example"), routed("a.example")),
  "RequestPlan.paths": harmless("the same for every trial: see HEALTH_PATHS"),
  "RequestPlan.warmUp": SETTLED,
  "RequestPlan.exchanges": SETTLED,
  "RequestPlan.stopSignal": changed(of({ lifecycle: { stopSignal: "SIGINT" } })),
  "VolumePlan.source": MACHINE,
  "VolumePlan.within": changed(folderBeside("b"), folderBeside("a")),
  "VolumePlan.view": harmless("where the supervisor looks at it once more: no container sees it"),
  "VolumePlan.files": changed(
    mounting(MAP, object("ConfigMap", "web", { "a.yml": "b" })),
    mounting(MAP, object("ConfigMap", "web", { "a.yml": "a" })),
  ),
  "VolumePlan.linked": harmless("as the kubelet lays out files of volumes"),
  "VolumePlan.message": changed(of({ terminationMessagePath: "/app/server.js" })),
  "VolumePlan.mode": harmless("the kubelet's, by the kind of volume, which is bound"),
  "VolumePlan.gid": changed(pod({ securityContext: { fsGroup: 7 } })),
  "VolumePlan.bytes": changed(mounting({ emptyDir: { sizeLimit: "1Mi" } }), mounting({ emptyDir: {} })),
  "VolumePlan.inodes": MACHINE,
  "FilePlan.content": changed(
    mounting({ secret: { secretName: "b" } }),
    mounting({ secret: { secretName: "a" } }),
  ),
  "FilePlan.mode": changed(
    mounting({ configMap: { name: "web", defaultMode: 0o400 } }),
    mounting({ configMap: { name: "web", defaultMode: 0o444 } }),
  ),
  "ProbePlan.why": changed(of({ livenessProbe: { tcpSocket: { port: 80 } } }), {
    spec: { readinessProbe: { tcpSocket: { port: 80 } } },
  }),
  "ProbePlan.does": changed(of({ readinessProbe: { exec: { command: ["b"] } } }), {
    spec: { readinessProbe: { exec: { command: ["a"] } } },
  }),
  "ProbePlan.timeoutMs": changed(of({ readinessProbe: { tcpSocket: { port: 80 }, timeoutSeconds: 1 } }), {
    spec: { readinessProbe: { tcpSocket: { port: 80 }, timeoutSeconds: 9 } },
  }),
};

interface Attribute {
  readonly baseName: string;
}

/** Fields of the Kubernetes API (core/v1) that no rule reads. */
type UnreadContainerField = "resizePolicy" | "restartPolicyRules" | "stdinOnce" | "terminationMessagePolicy";
type UnreadPodField =
  | "affinity"
  | "nodeSelector"
  | "overhead"
  | "preemptionPolicy"
  | "priority"
  | "priorityClassName"
  | "readinessGates"
  | "resourceClaims"
  | "schedulerName"
  | "schedulingGroup"
  | "tolerations"
  | "topologySpreadConstraints";

const PLACEMENT = harmless("where and when the pod runs, not what a program in it is given");
const REFUSED = harmless("refused by rows 2 and 3 wherever it gives the container more");

const CONTAINER: Readonly<Record<keyof ContainerFacts | UnreadContainerField, Entry>> = {
  name: harmless("a name of the manifest, which no program sees"),
  image: harmless("bound as the image's id"),
  imagePullPolicy: PLACEMENT,
  command: changed(of({ command: ["other"] })),
  args: changed(of({ args: ["--other"] })),
  workingDir: changed(of({ workingDir: "/other" })),
  env: changed(of({ env: [{ name: "A", value: "b" }] }), of({ env: [{ name: "A", value: "a" }] })),
  envFrom: changed(of({ envFrom: [{ secretRef: { name: "a" } }] })),
  ports: changed(of({ ports: [{ containerPort: 81 }] }), of({ ports: [{ containerPort: 80 }] })),
  livenessProbe: changed(
    of({ livenessProbe: { grpc: { port: 2 } } }),
    of({ livenessProbe: { grpc: { port: 1 } } }),
  ),
  readinessProbe: changed(
    of({
      ...probe({ port: "http" }),
      ports: [
        { name: "http", containerPort: 80 },
        { name: "b", containerPort: 81 },
      ],
    }),
    of({
      ...probe({ port: "http" }),
      ports: [
        { name: "http", containerPort: 81 },
        { name: "b", containerPort: 80 },
      ],
    }),
  ),
  startupProbe: changed(of({ startupProbe: { httpGet: { port: 80, scheme: "HTTPS" } } }), {
    spec: { startupProbe: { httpGet: { port: 80 } } },
  }),
  lifecycle: changed(of({ lifecycle: { postStart: { exec: { command: ["b"] } } } })),
  resources: changed(of({ resources: { limits: { memory: "6Mi" } } })),
  securityContext: changed(of({ securityContext: { runAsUser: 4_711 } })),
  volumeMounts: changed(mounting({ emptyDir: {} })),
  volumeDevices: { unprovided: of({ volumeDevices: [{ name: "disk", devicePath: "/app/disk" }] }) },
  restartPolicy: harmless("of an init container: it makes a sidecar, see ContainerPlan.role"),
  targetContainerName: harmless("of ephemeral containers, which are not tried"),
  terminationMessagePath: changed(of({ terminationMessagePath: "/app" })),
  terminationMessagePolicy: harmless("what the kubelet shows of a container that ended"),
  stdin: { unprovided: of({ stdin: true }) },
  stdinOnce: harmless("closes a standard input that only `stdin` opens"),
  tty: { unprovided: of({ tty: true }) },
  resizePolicy: PLACEMENT,
  restartPolicyRules: harmless("when the kubelet starts it again; a trial does so whatever it says"),
};

const POD: Readonly<Record<keyof PodSpecFacts | UnreadPodField, Entry>> = {
  containers: changed(of({}, { beside: [{ name: "two" }] })),
  initContainers: changed(pod({ initContainers: [{ name: "migrate" }] })),
  ephemeralContainers: harmless("not tried: somebody adds them by hand to a pod that runs"),
  volumes: changed(mounting({ persistentVolumeClaim: { claimName: "a" } }), mounting({ emptyDir: {} })),
  securityContext: changed(pod({ securityContext: { supplementalGroups: [7] } })),
  hostNetwork: REFUSED,
  hostPID: REFUSED,
  hostIPC: REFUSED,
  hostUsers: changed(pod({ hostUsers: false })),
  shareProcessNamespace: changed(pod({ shareProcessNamespace: true })),
  hostname: changed(pod({ hostname: "web" })),
  hostnameOverride: changed(pod({ hostnameOverride: "web.example" })),
  subdomain: changed(pod({ subdomain: "portal" })),
  setHostnameAsFQDN: changed(
    pod({ subdomain: "portal", setHostnameAsFQDN: true }),
    pod({ subdomain: "portal" }),
  ),
  hostAliases: changed(pod({ hostAliases: [{ ip: "127.0.0.1", hostnames: ["db"] }] })),
  dnsConfig: changed(pod({ dnsConfig: { nameservers: ["10.0.0.1"] } })),
  dnsPolicy: changed(pod({ dnsPolicy: "Default" })),
  nodeName: PLACEMENT,
  os: harmless("Windows pods are refused by rows 3 and 4"),
  restartPolicy: changed({ spec: {}, facts: { lifetime: "batch" } }),
  terminationGracePeriodSeconds: harmless("compared with how long a stop took: see trial-binding.test.ts"),
  activeDeadlineSeconds: harmless(
    "when the kubelet ends the pod, not what it is given: 1.4-restarts refuses it",
  ),
  serviceAccountName: harmless("its token, whose mount is bound, is one that nobody accepts"),
  serviceAccount: harmless("the older name of serviceAccountName"),
  automountServiceAccountToken: changed(pod({ automountServiceAccountToken: false })),
  enableServiceLinks: changed(
    pod({ enableServiceLinks: false }),
    of({}, { objects: service({ ports: PORTS }) }),
  ),
  runtimeClassName: changed(pod({ runtimeClassName: "gvisor" })),
  imagePullSecrets: PLACEMENT,
  affinity: PLACEMENT,
  nodeSelector: PLACEMENT,
  overhead: PLACEMENT,
  preemptionPolicy: PLACEMENT,
  priority: PLACEMENT,
  priorityClassName: PLACEMENT,
  readinessGates: PLACEMENT,
  resourceClaims: harmless("1.1-devices leaves every row of a trial unproven wherever one stands"),
  resources: changed(pod({ resources: { limits: { memory: "6Mi" } } })),
  schedulerName: PLACEMENT,
  schedulingGates: PLACEMENT,
  schedulingGroup: PLACEMENT,
  tolerations: PLACEMENT,
  topologySpreadConstraints: PLACEMENT,
};

describe.each([
  ["the trial's plan", PLAN],
  ["a container of a manifest", CONTAINER],
  ["a pod of a manifest", POD],
] as const)("every input of %s", (_, table) => {
  const entries = Object.entries<Entry>(table);
  const bound = entries.flatMap(([field, entry]) => ("tried" in entry ? [[field, entry] as const] : []));

  test.each(bound)("%s: evidence counts for the same, and not for another", (_field, { tried, judged }) => {
    expect(countedInputs(tried, tried)).toBe("counts");
    expect(countedInputs(judged, judged)).toBe("counts");
    expect(countedInputs(tried, judged)).not.toBe("counts");
  });

  test.each(entries)("%s is bound, not given, or is said why it need not be", (_field, entry) => {
    expect(!("harmless" in entry) || entry.harmless.split(" ").length > 3).toBe(true);
  });
});

test.each(
  Object.entries(CONTAINER).flatMap(([field, entry]) =>
    "unprovided" in entry ? [[field, entry.unprovided] as const] : [],
  ),
)("%s, which no trial gives: none proves the manifest that has it, its own neither", (_, judged) => {
  expect(countedInputs(judged, judged)).toMatch(/^the trial gave n(?:o|either) /);
  expect(countedInputs({ spec: {} }, judged)).not.toBe("counts");
});

test("the table of the plan names every field of its types, and no other", () => {
  const source = readFileSync(new URL("../../trial/plan/plan.ts", import.meta.url), "utf8");
  const fields = ["PodPlan", "ContainerPlan", "RequestPlan", "VolumePlan", "FilePlan", "ProbePlan"].flatMap(
    (name) => {
      const [, header = "", body = ""] =
        new RegExp(`^export interface ${name} ([^{]*)\\{\\n([\\s\\S]*?)^\\}`, "m").exec(source) ?? [];
      const [inherited, own] = [header.matchAll(/"(\w+)"/g), body.matchAll(/^ {2}readonly (\w+)\??:/gm)];
      return [...inherited, ...own].map(([, field]) => `${name}.${field}`);
    },
  );
  expect(fields.toSorted()).toEqual(Object.keys(PLAN).toSorted());
});

test.each([
  ["pods", ["V1PodSpec"], POD],
  ["containers", ["V1Container", "V1EphemeralContainer"], CONTAINER],
] as const)("the table of %s names every field of Kubernetes' schema", (_, types, table) => {
  const schema = models as unknown as Readonly<
    Record<string, { getAttributeTypeMap(): readonly Attribute[] }>
  >;
  const fields = types.flatMap(
    (type) => schema[type]?.getAttributeTypeMap().map(({ baseName }) => baseName) ?? [],
  );
  expect(fields.length).toBeGreaterThan(20);
  expect([...new Set(fields)].filter((field) => !Object.hasOwn(table, field))).toEqual([]);
});

describe("what is the same in other words counts", () => {
  test.each<[string, InputCase, InputCase]>([
    [
      "fields in another order",
      of({ readinessProbe: { httpGet: { path: "/a", port: 80 } } }),
      of({ readinessProbe: { httpGet: { port: 80, path: "/a" } } }),
    ],
    ["the default path of the last message", of({}), of({ terminationMessagePath: "/dev/termination-log" })],
    ["no terminal", of({}), of({ stdin: false, tty: false })],
    [
      "a neighbour's fields in another order",
      of({}, { beside: [{ name: "two", workingDir: "/b", command: ["a"] }] }),
      of({}, { beside: [{ name: "two", command: ["a"], workingDir: "/b" }] }),
    ],
    [
      "a Service that gives no variables and calls others",
      pod({ enableServiceLinks: false }),
      { ...pod({ enableServiceLinks: false }), objects: service({ selector: { app: "db" }, ports: PORTS }) },
    ],
    [
      "a Service that gives no variables and calls a declared port",
      { ...pod({ enableServiceLinks: false }), ...DECLARING },
      { ...pod({ enableServiceLinks: false }), ...DECLARING, objects: service(CALLS) },
    ],
    [
      "a ServiceAccount that stands twice, with the same token",
      { spec: {}, objects: account(false) },
      { spec: {}, objects: account(false) + account(false) },
    ],
    [
      "a ServiceAccount that stands twice, and a pod that decides itself",
      { ...pod({ automountServiceAccountToken: false }), objects: account(false) },
      { ...pod({ automountServiceAccountToken: false }), objects: account(false) + account(true) },
    ],
    [
      "a Secret that only the trial had",
      { spec: WHOLE, objects: secret("A: x") },
      { spec: { envFrom: [{ secretRef: { name: "web" } }] } },
    ],
    [
      "a Secret that was elsewhere, and of which the trial was given each key",
      { spec: WHOLE, settings: { env: { A: "other" } } },
      { spec: WHOLE, objects: secret("A: x") },
    ],
    [
      "a mounted Secret that was elsewhere, and of which the trial was given each file",
      { ...MOUNTED, settings: { files: { "/etc/s/a": "other" } } },
      { ...MOUNTED, objects: secret("a: x") },
    ],
    [
      "a key of a Secret that was elsewhere, and that a variable of the manifest hides",
      { spec: { ...WHOLE, env: [{ name: "A", value: "a" }] } },
      { spec: { ...WHOLE, env: [{ name: "A", value: "a" }] }, objects: secret("A: x") },
    ],
    [
      "a Secret of which the trial of the image alone was given each key",
      { settings: { env: { A: "other" } } },
      { spec: { ...WHOLE, volumeMounts: [{ name: "t", mountPath: "/tmp" }] }, objects: secret("A: x") },
    ],
    [
      "other values of a Secret that is taken whole",
      { spec: WHOLE, objects: secret("A: x") },
      { spec: WHOLE, objects: secret("A: other") },
    ],
    [
      "a further key of a Secret of which one key is mounted",
      { ...mountedSecret([{ key: "a", path: "a" }]), objects: secret("a: x") },
      { ...mountedSecret([{ key: "a", path: "a" }]), objects: secret("a: x, b: x") },
    ],
    [
      "a lower limit when tried",
      of({ resources: { limits: { memory: "1Gi", cpu: "1" } } }),
      of({ resources: { limits: { memory: "2Gi", cpu: "2" } } }),
    ],
    [
      "a pod's settings at their defaults",
      of({}),
      pod({
        shareProcessNamespace: false,
        hostUsers: true,
        hostAliases: [],
        dnsPolicy: "ClusterFirst",
        dnsConfig: { nameservers: [], searches: [], options: [] },
        setHostnameAsFQDN: true,
      }),
    ],
    [
      "ClusterFirstWithHostNet without the node's network",
      pod({ dnsPolicy: "ClusterFirst" }),
      pod({ dnsPolicy: "ClusterFirstWithHostNet" }),
    ],
    [
      "a StatefulSet's template with a host name, which the controller replaces",
      { spec: {}, facts: { kind: "StatefulSet", statefulSet: { serviceName: "web" } } },
      {
        ...pod({ hostname: "a", subdomain: "b" }),
        facts: { kind: "StatefulSet", statefulSet: { serviceName: "web" } },
      },
    ],
    [
      "a Job's deadline, which rules compare with the time that the task took",
      { spec: {}, facts: { kind: "Job", lifetime: "batch" } },
      { spec: {}, facts: { kind: "Job", lifetime: "batch", job: { activeDeadlineSeconds: 60 } } },
    ],
    ["a claim that more may write to", claiming("ReadWriteOnce"), claiming("ReadWriteMany")],
    ["requests, which reserve and give nothing", of({}), of({ resources: { requests: { memory: "6Mi" } } })],
  ])("%s", (_, tried, judged) => {
    expect(countedInputs(tried, judged)).toBe("counts");
  });
});

describe("what lies beside the manifest", () => {
  const linked = (objects: string): InputCase => ({ spec: {}, labels: { app: "web" }, objects });

  test.each<[string, InputCase, InputCase, string]>([
    ["a Service more", linked(""), linked(service(CALLS)), "the Service web"],
    ["a Service less", linked(service(CALLS)), linked(""), "the Service web"],
    [
      "a Service that gives no variables and calls a port that nothing declares",
      { ...pod({ enableServiceLinks: false }), labels: { app: "web" } },
      { ...pod({ enableServiceLinks: false }), labels: { app: "web" }, objects: service(CALLS) },
      "the Service web",
    ],
    [
      "a further key of a Secret that envFrom takes whole",
      { spec: WHOLE, objects: secret("A: x") },
      { spec: WHOLE, objects: secret("A: x, LOG_FILE: x") },
      "the keys of the Secret web",
    ],
    [
      "a further key of a Secret that is mounted whole",
      { ...MOUNTED, objects: secret("a: x") },
      { ...MOUNTED, objects: secret("a: x, b: x") },
      "the keys of the Secret web",
    ],
    [
      "a Secret that was elsewhere, and of which the trial was given nothing",
      { spec: WHOLE },
      { spec: WHOLE, objects: secret("LOG_FILE: x") },
      "the keys of the Secret web",
    ],
    [
      "a Secret that was elsewhere, and of which the trial was given one key of two",
      { spec: WHOLE, settings: { env: { A: "x" } } },
      { spec: WHOLE, objects: secret("A: x, LOG_FILE: x") },
      "the keys of the Secret web",
    ],
    [
      "a mounted Secret that was elsewhere",
      MOUNTED,
      { ...MOUNTED, objects: secret("a: x") },
      "the keys of the Secret web",
    ],
    [
      "a Secret of which the trial of the image alone was given nothing",
      {},
      { spec: { ...WHOLE, volumeMounts: [{ name: "t", mountPath: "/tmp" }] }, objects: secret("A: x") },
      "the keys of the Secret web",
    ],
    [
      "another port of it",
      linked(service(CALLS)),
      linked(service({ ...CALLS, ports: [{ port: 81, targetPort: 8_080 }] })),
      "the Service web",
    ],
    [
      "another port that it calls",
      linked(service(CALLS)),
      linked(service({ ...CALLS, ports: [{ port: 80, targetPort: 9_090 }] })),
      "the Service web",
    ],
    [
      "a Job whose pods are numbered",
      { spec: {}, facts: { kind: "Job", lifetime: "batch" } },
      { spec: {}, facts: { kind: "Job", lifetime: "batch", job: { isIndexed: true } } },
      "the settings of the pod",
    ],
    [
      "a StatefulSet's pods have another full name",
      { spec: {}, facts: { kind: "StatefulSet", statefulSet: { serviceName: "web" } } },
      { spec: {}, facts: { kind: "StatefulSet", statefulSet: { serviceName: "other" } } },
      "the settings of the pod",
    ],
    [
      "a StatefulSet's pods have a full name where they had none",
      { spec: {}, facts: { kind: "StatefulSet" } },
      { spec: {}, facts: { kind: "StatefulSet", statefulSet: { serviceName: "web" } } },
      "the settings of the pod",
    ],
    [
      "a StatefulSet's first ordinal",
      { spec: {}, facts: { kind: "StatefulSet" } },
      { spec: {}, facts: { kind: "StatefulSet", statefulSet: { firstOrdinal: 1 } } },
      "the settings of the pod",
    ],
    [
      "a ServiceAccount that stands twice, with a token and without",
      { spec: {}, objects: account(false) },
      { spec: {}, objects: account(false) + account(true) },
      "ServiceAccount default stands several times",
    ],
    [
      "a claim that nobody may write to",
      claiming("ReadWriteMany"),
      claiming("ReadOnlyMany"),
      "the mount /data",
    ],
    [
      "a claim that nobody may write to, which was elsewhere",
      mounting({ persistentVolumeClaim: { claimName: "data" } }),
      claiming("ReadOnlyMany"),
      "the mount /data",
    ],
    [
      "a template whose claims nobody may write to",
      templated("ReadWriteOnce"),
      templated("ReadOnlyMany"),
      "the mount /data",
    ],
    [
      "an object that may be missing, where it was required",
      of({ env: [{ name: "A", valueFrom: { secretKeyRef: { name: "a", key: "a" } } }] }),
      of({ env: [{ name: "A", valueFrom: { secretKeyRef: { name: "a", key: "a", optional: true } } }] }),
      "the variable A",
    ],
    [
      "another address family",
      linked(service(CALLS)),
      linked(service({ ...CALLS, ipFamilies: ["IPv6"] })),
      "the Service web",
    ],
    [
      "one that calls it, and one that does not",
      linked(service(CALLS)),
      linked(service({ ports: PORTS })),
      "the Service web",
    ],
    [
      "the image alone",
      {},
      { spec: { volumeMounts: [{ name: "t", mountPath: "/tmp" }] }, objects: service({ ports: PORTS }) },
      "the Service web",
    ],
    [
      "a limit where there was none",
      { spec: {} },
      of({ resources: { limits: { memory: "6Mi" } } }),
      "more memory",
    ],
    [
      "less CPU",
      of({ resources: { limits: { cpu: "2" } } }),
      of({ resources: { limits: { cpu: "50m" } } }),
      "more CPU",
    ],
  ])("%s", (_, tried, judged, says) => {
    expect(countedInputs(tried, judged)).toContain(says);
  });
});
