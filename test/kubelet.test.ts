// Everything that the kubelet gives to a container besides its image and `env`, as Kubernetes documents it
// (kubelet_pods.go, envvars.go, serviceaccount/admission.go, fieldpath.go, volume/…), in one table; the trial
// gives the same. ADR 0051 and 0057 list the exceptions.

import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { type GivenToContainer, givenToContainer } from "./fixtures/starts/given-by-kubelet.ts";

const ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
const OF_EVERY_POD = ["/dev/termination-log", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/dev/shm"];
const API_SERVER = {
  KUBERNETES_SERVICE_HOST: "10.96.0.1",
  KUBERNETES_SERVICE_PORT: "443",
  KUBERNETES_SERVICE_PORT_HTTPS: "443",
  KUBERNETES_PORT: "tcp://10.96.0.1:443",
  KUBERNETES_PORT_443_TCP: "tcp://10.96.0.1:443",
  KUBERNETES_PORT_443_TCP_PROTO: "tcp",
  KUBERNETES_PORT_443_TCP_PORT: "443",
  KUBERNETES_PORT_443_TCP_ADDR: "10.96.0.1",
};
const CACHE_LINKS = {
  REDIS_CACHE_SERVICE_HOST: "10.96.1.1",
  REDIS_CACHE_SERVICE_PORT: "6379",
  REDIS_CACHE_SERVICE_PORT_METRICS_WEB: "9121",
  REDIS_CACHE_PORT: "tcp://10.96.1.1:6379",
  REDIS_CACHE_PORT_6379_TCP: "tcp://10.96.1.1:6379",
  REDIS_CACHE_PORT_6379_TCP_PROTO: "tcp",
  REDIS_CACHE_PORT_6379_TCP_PORT: "6379",
  REDIS_CACHE_PORT_6379_TCP_ADDR: "10.96.1.1",
  REDIS_CACHE_PORT_9121_UDP: "udp://10.96.1.1:9121",
  REDIS_CACHE_PORT_9121_UDP_PROTO: "udp",
  REDIS_CACHE_PORT_9121_UDP_PORT: "9121",
  REDIS_CACHE_PORT_9121_UDP_ADDR: "10.96.1.1",
};
const CACHE_PORTS = [{ port: 6379 }, { name: "metrics-web", port: 9121, protocol: "UDP" }];

interface Row {
  readonly what: string;
  /** Fields of the pod's spec. */
  readonly pod?: Record<string, unknown>;
  /** Fields of the container. */
  readonly web?: Record<string, unknown>;
  /** Objects beside the workload. */
  readonly beside?: readonly object[];
  /** Variables besides HOSTNAME, PATH and those of the API server. */
  readonly env?: Record<string, string | RegExp>;
  /** Mounts besides those of every pod, and the account's. */
  readonly mounts?: Readonly<
    Record<string, "rw" | Readonly<Record<string, readonly [string, string | RegExp]>>>
  >;
  /** Whether the account's token is mounted; default: it is. */
  readonly account?: false;
  readonly lacks?: readonly RegExp[];
}

const TABLE: readonly Row[] = [
  { what: "nothing said" },
  {
    what: "the account's token: the pod forbids it",
    pod: { automountServiceAccountToken: false },
    account: false,
  },
  { what: "the default account forbids it", beside: [account("default", false)], account: false },
  {
    what: "the pod's account forbids it",
    pod: { serviceAccountName: "web" },
    beside: [account("web", false)],
    account: false,
  },
  {
    what: "the same, by the field's older name",
    pod: { serviceAccount: "web" },
    beside: [account("web", false)],
    account: false,
  },
  {
    what: "another account forbids it",
    pod: { serviceAccountName: "web" },
    beside: [account("default", false)],
  },
  { what: "an account of another namespace does", beside: [account("default", false, "other")] },
  { what: "the account says nothing", beside: [account("default")] },
  {
    what: "the pod asks for it, its account forbids it: the pod's field wins",
    pod: { automountServiceAccountToken: true },
    beside: [account("default", false)],
  },
  {
    what: "the pod forbids it, its account allows it",
    pod: { automountServiceAccountToken: false },
    beside: [account("default", true)],
    account: false,
  },
  {
    what: "something of the pod's stands in its place",
    pod: { volumes: [{ name: "own", emptyDir: {} }] },
    web: { volumeMounts: [{ name: "own", mountPath: ACCOUNT }] },
    mounts: { [ACCOUNT]: "rw" },
    account: false,
  },
  {
    what: "a Service of the namespace",
    beside: [service("redis-cache", { ports: CACHE_PORTS })],
    env: CACHE_LINKS,
  },
  {
    what: "a Service that names no namespace belongs wherever it is applied",
    beside: [service("redis-cache", { ports: CACHE_PORTS }, null)],
    env: CACHE_LINKS,
  },
  {
    what: "links are refused: those of the API server stay",
    pod: { enableServiceLinks: false },
    beside: [service("redis-cache", { ports: CACHE_PORTS })],
  },
  {
    what: "links are asked for",
    pod: { enableServiceLinks: true },
    beside: [service("redis-cache", { ports: CACHE_PORTS })],
    env: CACHE_LINKS,
  },
  {
    what: "a Service of another namespace",
    beside: [service("redis-cache", { ports: CACHE_PORTS }, "other")],
  },
  { what: "a headless Service", beside: [service("redis-cache", { clusterIP: "None", ports: CACHE_PORTS })] },
  {
    what: "a name elsewhere",
    beside: [
      service("redis-cache", { type: "ExternalName", externalName: "x.example.org", ports: CACHE_PORTS }),
    ],
  },
  {
    what: "something that is no Service of the core",
    beside: [{ ...service("redis-cache", { ports: CACHE_PORTS }), apiVersion: "serving.knative.dev/v1" }],
  },
  {
    what: "env wins over a link, and may refer to one that stands",
    web: {
      env: [
        { name: "REDIS_CACHE_PORT", value: "6379" },
        { name: "URL", value: "redis://$(REDIS_CACHE_SERVICE_HOST):$(REDIS_CACHE_PORT)" },
      ],
    },
    beside: [service("redis-cache", { ports: CACHE_PORTS })],
    env: { ...CACHE_LINKS, REDIS_CACHE_PORT: "6379", URL: "redis://10.96.1.1:6379" },
  },
  {
    what: "envFrom wins over a link, env over envFrom",
    web: { envFrom: [{ configMapRef: { name: "settings" } }], env: [{ name: "b", value: "own" }] },
    beside: [
      configMap("settings", { REDIS_CACHE_PORT: "1", b: "2" }),
      service("redis-cache", { ports: CACHE_PORTS }),
    ],
    env: { ...CACHE_LINKS, REDIS_CACHE_PORT: "1", b: "own" },
  },
  {
    what: "env wins over a variable of the API server's",
    web: { env: [{ name: "KUBERNETES_SERVICE_HOST", value: "x" }] },
    env: { KUBERNETES_SERVICE_HOST: "x" },
  },
  { what: "HOSTNAME is the pod's name", pod: { hostname: "front" }, env: { HOSTNAME: "front" } },
  {
    what: "env wins over HOSTNAME",
    web: { env: [{ name: "HOSTNAME", value: "0.0.0.0" }] },
    env: { HOSTNAME: "0.0.0.0" },
  },
  {
    what: "fields of the pod in variables",
    pod: { serviceAccountName: "web" },
    web: {
      env: [
        field("NAME", "metadata.name"),
        field("NAMESPACE", "metadata.namespace"),
        field("LABEL", "metadata.labels['app']"),
        field("NO_LABEL", "metadata.labels['none']"),
        field("IP", "status.podIP"),
        field("ACCOUNT", "spec.serviceAccountName"),
      ],
    },
    env: { NAME: /^web-/, NAMESPACE: "portal", LABEL: "web", NO_LABEL: "", IP: "10.88.0.2", ACCOUNT: "web" },
  },
  {
    what: "resources in variables: its own, another container's, and what the node has",
    pod: { initContainers: [{ name: "set-up", image: "x", resources: { limits: { cpu: "3" } } }] },
    web: {
      resources: { limits: { memory: "64Mi" } },
      env: [
        resource("MEMORY", { resource: "limits.memory", divisor: "1Mi" }),
        resource("OTHER", { containerName: "set-up", resource: "limits.cpu" }),
        resource("CPU", { resource: "limits.cpu" }),
      ],
    },
    env: { MEMORY: "64", OTHER: "3", CPU: `${availableParallelism()}` },
  },
  {
    what: "a ConfigMap's files",
    ...mounted({ configMap: { name: "settings" } }),
    beside: [configMap("settings", { "a.yaml": "a: 1" })],
    mounts: { "/v": { "a.yaml": ["644", "a: 1"] } },
  },
  {
    what: "some of its keys, in folders, with modes of their own",
    ...mounted({
      configMap: {
        name: "settings",
        defaultMode: 0o444,
        items: [
          { key: "a.yaml", path: "conf.d/a.yaml", mode: 0o400 },
          { key: "b", path: "b" },
        ],
      },
    }),
    beside: [configMap("settings", { "a.yaml": "a: 1", b: "2", c: "3" })],
    mounts: { "/v": { "conf.d/a.yaml": ["400", "a: 1"], b: ["444", "2"] } },
  },
  {
    what: "a Secret that root alone may read, as it says",
    ...mounted({ secret: { secretName: "keys", defaultMode: 0o400 } }),
    beside: [
      { apiVersion: "v1", kind: "Secret", metadata: { name: "keys" }, stringData: { key: "hunter2" } },
    ],
    mounts: { "/v": { key: ["400", "hunter2"] } },
  },
  {
    what: "the same with an fsGroup, which may read it, too",
    ...mounted(
      { secret: { secretName: "keys", defaultMode: 0o400 } },
      { securityContext: { fsGroup: 2_000 } },
    ),
    beside: [
      { apiVersion: "v1", kind: "Secret", metadata: { name: "keys" }, stringData: { key: "hunter2" } },
    ],
    mounts: { "/v": { key: ["440", "hunter2"] } },
  },
  {
    what: "one file of a volume",
    ...mounted({ configMap: { name: "settings" } }, {}, { subPath: "b" }),
    beside: [configMap("settings", { b: "2", c: "3" })],
    // The name inside the volume is the trial's choice.
    mounts: { "/v": { v: ["644", "2"] } },
  },
  {
    what: "fields and resources of the pod in files",
    ...mounted({
      downwardAPI: {
        items: [
          { path: "labels", fieldRef: { fieldPath: "metadata.labels" } },
          { path: "annotations", fieldRef: { fieldPath: "metadata.annotations" } },
          { path: "pod/name", fieldRef: { fieldPath: "metadata.name" } },
          {
            path: "cpu",
            resourceFieldRef: { containerName: "web", resource: "requests.cpu", divisor: "1m" },
          },
        ],
      },
    }),
    mounts: {
      "/v": {
        // The hash is the trial's choice.
        labels: ["644", /^app="web"\npod-template-hash="[a-z\d]{9}"\ntier="front"$/],
        annotations: ["644", 'note="says \\"yes\\""'],
        "pod/name": ["644", /^web-/],
        cpu: ["644", "0"],
      },
    },
  },
  {
    what: "sources in one volume, a later one of a path wins",
    ...mounted({
      projected: {
        defaultMode: 0o440,
        sources: [
          { configMap: { name: "settings" } },
          { downwardAPI: { items: [{ path: "b", fieldRef: { fieldPath: "metadata.namespace" } }] } },
          { serviceAccountToken: { path: "token", audience: "vault" } },
          { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
          { configMap: { name: "none", optional: true } },
        ],
      },
    }),
    beside: [configMap("settings", { b: "2" })],
    mounts: {
      "/v": {
        b: ["440", "portal"],
        token: ["440", /^[\w-]+\.[\w-]+\.[\w-]+$/],
        "ca.crt": ["440", /^-----BEGIN CERTIFICATE/],
      },
    },
  },
  {
    what: "what a trial cannot have is said",
    ...mounted({
      projected: {
        sources: [
          { configMap: { name: "none" } },
          { downwardAPI: { items: [{ path: "x", fieldRef: { fieldPath: "status.podIP" } }] } },
        ],
      },
    }),
    mounts: { "/v": {} },
    lacks: [/ConfigMap none is not among/, /file x of a volume has a source/],
  },
  {
    what: "places that Kubernetes refuses",
    ...mounted({
      configMap: {
        name: "settings",
        items: ["../x", "/x", "..data", "a", "a/b", "d//e"].map((path) => ({ key: "b", path })),
      },
    }),
    beside: [configMap("settings", { b: "2" })],
    mounts: { "/v": { a: ["644", "2"] } },
    lacks: [/\.\.\/x/, / \/x/, /\.\.data/, /a\/b/, /d\/\/e/],
  },
];

test.each(TABLE)(
  "$what",
  async ({ pod = {}, web = {}, beside = [], env = {}, mounts = {}, account: token, lacks = [] }) => {
    const given = await givenToContainer([deployment(pod, web), ...beside]);
    expect(given.lacks).toEqual(lacks.map((pattern) => expect.stringMatching(pattern) as string));
    expect(given.env).toEqual(
      expectedOf({ PATH: /\/bin/, HOSTNAME: /^web-[\w]+-[\w]+$/, ...API_SERVER, ...env }),
    );
    const { [ACCOUNT]: ofAccount, ...others } = given.mounts;
    const own: Record<string, unknown> = Object.fromEntries(
      Object.entries(others).filter(([path]) => !OF_EVERY_POD.includes(path)),
    );
    expect(Object.keys(given.mounts)).toEqual(expect.arrayContaining(OF_EVERY_POD));
    if (token !== false) expectAccount(ofAccount, pod);
    else if (ofAccount !== undefined) own[ACCOUNT] = ofAccount;
    expect(own).toEqual(
      Object.fromEntries(
        Object.entries(mounts).map(([path, files]) => [path, files === "rw" ? files : expectedFiles(files)]),
      ),
    );
  },
);

function expectAccount(
  files: GivenToContainer["mounts"][string] | undefined,
  pod: Record<string, unknown>,
): void {
  const { token, ...more } = files === "rw" || files === undefined ? {} : files;
  expect(more).toEqual({
    "ca.crt": ["644", expect.stringMatching(/^-----BEGIN CERTIFICATE/)],
    namespace: ["644", "portal"],
  });
  const subject: unknown = JSON.parse(Buffer.from(token?.[1].split(".")[1] ?? "", "base64url").toString());
  const name = pod["serviceAccountName"] ?? pod["serviceAccount"] ?? "default";
  expect(subject).toMatchObject({ sub: `system:serviceaccount:portal:${name as string}` });
}

function expectedOf(values: Readonly<Record<string, string | RegExp>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, like(value)]));
}

function expectedFiles(files: Readonly<Record<string, readonly [string, string | RegExp]>>): object {
  return Object.fromEntries(
    Object.entries(files).map(([path, [mode, content]]) => [path, [mode, like(content)]]),
  );
}

function like(value: string | RegExp): unknown {
  return typeof value === "string" ? value : expect.stringMatching(value);
}

function deployment(pod: Record<string, unknown>, web: Record<string, unknown>): object {
  const metadata = { labels: { tier: "front", app: "web" }, annotations: { note: 'says "yes"' } };
  const container = {
    name: "web",
    image: "web:1",
    securityContext: { runAsUser: 1_000 },
    command: ["/app/server"],
    ...web,
  };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "portal" },
    spec: { template: { metadata, spec: { ...pod, containers: [container] } } },
  };
}

/** A volume at /v. */
function mounted(
  source: Record<string, unknown>,
  pod: Record<string, unknown> = {},
  mount: Record<string, unknown> = {},
): Pick<Row, "pod" | "web"> {
  return {
    pod: { ...pod, volumes: [{ name: "v", ...source }] },
    web: { volumeMounts: [{ name: "v", mountPath: "/v", ...mount }] },
  };
}

function account(name: string, automount?: boolean, namespace = "portal"): object {
  const says = automount === undefined ? {} : { automountServiceAccountToken: automount };
  return { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace }, ...says };
}

function service(name: string, spec: object, namespace: string | null = "portal"): object {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, ...(namespace === null ? {} : { namespace }) },
    spec,
  };
}

function configMap(name: string, data: Record<string, string>): object {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data };
}

function field(name: string, fieldPath: string): object {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}

function resource(name: string, resourceFieldRef: object): object {
  return { name, valueFrom: { resourceFieldRef } };
}
