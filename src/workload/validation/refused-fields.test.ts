import { describe, expect, test } from "vitest";
import {
  container,
  controller,
  cronJob,
  daemonSet,
  deployment,
  job,
  type Manifest,
  pod,
  podSpec,
  rollout,
  statefulSet,
  yaml,
} from "../../../test/fixtures/manifests.ts";
import { readStream } from "../documents.ts";

/** Refused paths, and the message for the first. */
function refused(manifest: Manifest): readonly string[] {
  const found = [...readStream({ file: "m.yaml", text: yaml(manifest) })];
  return found.flatMap((one) =>
    one.kind === "workload" ? (one.facts.refused ?? []).map(({ path }) => path) : [one.kind],
  );
}

function said(manifest: Manifest): readonly string[] {
  const found = [...readStream({ file: "m.yaml", text: yaml(manifest) })];
  return found.flatMap((one) =>
    one.kind === "workload" ? (one.facts.refused ?? []).map(({ problem }) => problem.en) : [],
  );
}

const TEMPLATE = "spec.template";
const POD = `${TEMPLATE}.spec`;
const FIRST = `${POD}.containers[0]`;

function named(metadata: Manifest): Manifest {
  return { ...deployment(), metadata };
}

function withSpec(spec: Manifest): Manifest {
  return deployment({ spec });
}

function withPod(overrides: Manifest): Manifest {
  return deployment({ pod: podSpec(overrides) });
}

function withContainer(overrides: Manifest): Manifest {
  return withPod({ containers: [container(overrides)] });
}

function ofLength(length: number): string {
  return "a".repeat(length);
}

test("every kind of the fixtures is valid", () => {
  const kinds = [deployment(), statefulSet(), daemonSet(), job(), cronJob(), pod(), rollout()];
  expect(kinds.map(refused)).toEqual(kinds.map(() => []));
});

describe("metadata", () => {
  test.each([
    [{ name: "Web" }, "metadata.name"],
    [{ name: "w_eb" }, "metadata.name"],
    [{ name: "-web" }, "metadata.name"],
    [{ name: "web-" }, "metadata.name"],
    [{ name: "web..a" }, "metadata.name"],
    [{ name: ofLength(254) }, "metadata.name"],
    [{ name: "" }, "metadata.name"],
    [{}, "metadata.name"],
    [{ generateName: "Web-" }, "metadata.generateName"],
    [{ name: "web", namespace: "a.b" }, "metadata.namespace"],
    [{ name: "web", namespace: ofLength(64) }, "metadata.namespace"],
    [{ name: "web", labels: { app: "a b" } }, "metadata.labels.app"],
    [{ name: "web", labels: { app: ofLength(64) } }, "metadata.labels.app"],
    [{ name: "web", labels: { app: "-a" } }, "metadata.labels.app"],
    [{ name: "web", labels: { "a/b/c": "d" } }, 'metadata.labels["a/b/c"]'],
    [{ name: "web", labels: { "/b": "d" } }, 'metadata.labels["/b"]'],
    [{ name: "web", labels: { "Example.org/b": "d" } }, 'metadata.labels["Example.org/b"]'],
    [{ name: "web", annotations: { "a b": "d" } }, 'metadata.annotations["a b"]'],
    [{ name: "web", annotations: { a: ofLength(262_144) } }, "metadata.annotations"],
  ])("refused: %j", (metadata, path) => {
    expect(refused(named(metadata))).toEqual([path]);
  });

  test.each([
    { name: "web" },
    { name: "1.web-2.3" },
    { name: ofLength(253) },
    { generateName: "web-" },
    { generateName: "web.a-" },
    { name: "web", namespace: ofLength(63) },
    {
      name: "web",
      labels: { app: "", b: ofLength(63), "example.org/c_d": "A.b-c_d", [ofLength(63)]: "v1.2.3" },
    },
    // Keys of annotations are compared in lowercase; values are free.
    { name: "web", annotations: { "Example.org/Any": "a b\nc", a: ofLength(262_000) } },
  ])("accepted: %j", (metadata) => {
    expect(refused(named(metadata))).toEqual([]);
  });
});

describe("selectors", () => {
  const labels = { app: "web", tier: "front" };
  const template = { metadata: { labels }, spec: podSpec() };

  test.each([
    [undefined, "is missing"],
    [{}, "is empty"],
    [{ matchLabels: { app: "other" } }, "does not match"],
    [{ matchLabels: { app: "web", missing: "x" } }, "does not match"],
    [{ matchExpressions: [{ key: "app", operator: "In", values: ["a"] }] }, "does not match"],
    [{ matchExpressions: [{ key: "none", operator: "In", values: ["web"] }] }, "does not match"],
    [{ matchExpressions: [{ key: "app", operator: "NotIn", values: ["web"] }] }, "does not match"],
    [{ matchExpressions: [{ key: "app", operator: "NotIn" }] }, "does not match"],
    [{ matchExpressions: [{ key: "none", operator: "Exists" }] }, "does not match"],
    [{ matchExpressions: [{ key: "app", operator: "DoesNotExist" }] }, "does not match"],
    [{ matchExpressions: [{ key: "app", operator: "Equals", values: ["web"] }] }, "does not match"],
  ])("refused: %j", (selector, problem) => {
    expect(said({ ...deployment(), spec: { selector, template } })).toEqual([
      expect.stringContaining(`spec.selector ${problem}`) as string,
    ]);
  });

  test.each([
    { matchLabels: { app: "web" } },
    { matchLabels: labels, matchExpressions: [{ key: "app", operator: "In", values: ["a", "web"] }] },
    { matchExpressions: [{ key: "none", operator: "NotIn", values: ["web"] }] },
    { matchExpressions: [{ key: "tier", operator: "NotIn", values: ["back"] }] },
    { matchExpressions: [{ key: "tier", operator: "Exists" }] },
    { matchExpressions: [{ key: "none", operator: "DoesNotExist" }] },
  ])("accepted: %j", (selector) => {
    expect(refused({ ...deployment(), spec: { selector, template } })).toEqual([]);
  });

  test("a ReplicationController selects by labels alone, by default by its template's", () => {
    const own = (spec: Manifest) => refused({ ...controller("v1", "ReplicationController", {}, {}), spec });
    expect(own({ template })).toEqual([]);
    expect(own({ template, selector: { app: "web" } })).toEqual([]);
    expect(own({ template, selector: { app: "x" } })).toEqual(["spec.selector"]);
    expect(own({ template: { spec: podSpec() } })).toEqual(["spec.selector"]);
  });
});

describe("kinds", () => {
  test.each([
    [withSpec({ replicas: -1 }), "spec.replicas"],
    [withSpec({ minReadySeconds: -1 }), "spec.minReadySeconds"],
    [withSpec({ minReadySeconds: 600 }), "spec.progressDeadlineSeconds"],
    [withSpec({ strategy: { type: "Rolling" } }), "spec.strategy.type"],
    [withSpec({ strategy: { type: "Recreate", rollingUpdate: {} } }), "spec.strategy.rollingUpdate"],
    [withSpec({ strategy: { rollingUpdate: { maxSurge: -1 } } }), "spec.strategy.rollingUpdate.maxSurge"],
    [withSpec({ strategy: { rollingUpdate: { maxSurge: "1" } } }), "spec.strategy.rollingUpdate.maxSurge"],
    [
      withSpec({ strategy: { rollingUpdate: { maxUnavailable: "101%" } } }),
      "spec.strategy.rollingUpdate.maxUnavailable",
    ],
    [
      withSpec({ strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: "0%" } } }),
      "spec.strategy.rollingUpdate.maxUnavailable",
    ],
    [withPod({ restartPolicy: "Never" }), `${POD}.restartPolicy`],
    [withPod({ restartPolicy: "OnFailure" }), `${POD}.restartPolicy`],
    [withPod({ restartPolicy: "always" }), `${POD}.restartPolicy`],
    [withPod({ activeDeadlineSeconds: 5 }), `${POD}.activeDeadlineSeconds`],
    [withPod({ ephemeralContainers: [{ name: "debug" }] }), `${POD}.ephemeralContainers`],
    [deployment({ apiVersion: "apps/v1beta1" }), "apiVersion"],
    [deployment({ apiVersion: "extensions/v1beta1" }), "apiVersion"],
    [cronJob({ apiVersion: "batch/v1beta1" }), "apiVersion"],
    [rollout({ apiVersion: "argoproj.io/v1" }), "apiVersion"],
    [statefulSet({ spec: { podManagementPolicy: "parallel" } }), "spec.podManagementPolicy"],
    [daemonSet({ spec: { updateStrategy: { type: "Recreate" } } }), "spec.updateStrategy.type"],
    [pod({ pod: podSpec({ activeDeadlineSeconds: 0 }) }), "spec.activeDeadlineSeconds"],
    [{ ...job(), metadata: { name: ofLength(64) } }, "metadata.name"],
    [job({ spec: { parallelism: -1 } }), "spec.parallelism"],
    [job({ spec: { completionMode: "Indexed" } }), "spec.completions"],
    [job({ pod: podSpec({ restartPolicy: "Always" }) }), `${POD}.restartPolicy`],
    [job({ pod: podSpec() }), `${POD}.restartPolicy`],
    [cronJob({ name: ofLength(53) }), "metadata.name"],
  ])("refused: %#", (manifest, path) => {
    expect(refused(manifest)).toEqual([path]);
  });

  test.each([
    withSpec({ replicas: 0, minReadySeconds: 599 }),
    withSpec({ strategy: { type: "Recreate" } }),
    withSpec({ strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "100%", maxUnavailable: 0 } } }),
    withSpec({ strategy: { rollingUpdate: { maxSurge: 0 } } }),
    withPod({ restartPolicy: "Always" }),
    statefulSet({
      pod: podSpec({ containers: [container({ volumeMounts: [{ name: "data", mountPath: "/d" }] })] }),
    }),
    job({ name: ofLength(63) }),
    { ...job({ spec: { manualSelector: true } }), metadata: { name: ofLength(64) } },
    job({ pod: podSpec({ restartPolicy: "OnFailure", activeDeadlineSeconds: 1 }) }),
    job({ spec: { completionMode: "Indexed", completions: 0 } }),
    cronJob({ name: ofLength(52) }),
    pod({ pod: podSpec({ restartPolicy: "Never", activeDeadlineSeconds: 2_147_483_647 }) }),
    // An object read from a cluster has additional fields.
    pod({ pod: podSpec({ nodeName: "node-1.example", ephemeralContainers: [{ name: "debug" }] }) }),
    // A custom resource's pods may lack fields that its controller fills in, even its name.
    {
      apiVersion: "serving.knative.dev/v1",
      kind: "Service",
      spec: { template: { spec: { containers: [{ image: "a" }] } } },
    },
    { apiVersion: "v1", kind: "PodTemplate", metadata: { name: "web" }, template: { spec: podSpec() } },
  ])("accepted: %#", (manifest) => {
    expect(refused(manifest)).toEqual([]);
  });

  test("a custom resource's own metadata are held to the API's rules", () => {
    const spec = { template: { spec: podSpec() } };
    const metadata = { name: "W", labels: { a: "b c" } };
    expect(refused({ apiVersion: "ci.example/v1", kind: "Runner", metadata, spec })).toEqual([
      "metadata.name",
      "metadata.labels.a",
    ]);
  });
});

describe("schedules", () => {
  const of = (schedule: unknown) =>
    refused({ ...cronJob(), spec: { ...(cronJob()["spec"] as Manifest), schedule } });

  test.each([
    "",
    undefined,
    "* * * *",
    "* * * * * *",
    "60 * * * *",
    "* 24 * * *",
    "* * 0 * *",
    "* * * 13 *",
    "* * * * 7",
    "5-1 * * * *",
    "*/0 * * * *",
    "a * * * *",
    "1/2/3 * * * *",
    "1-2-3 * * * *",
    "* * * foo *",
    "@often",
    "TZ=Europe/Paris 0 * * * *",
    "CRON_TZ=UTC 0 * * * *",
    ", * * * *",
    "1- * * * *",
    `${"1,".repeat(600)} * * * *`,
  ])("refused: %j", (schedule) => {
    expect(of(schedule)).toEqual(["spec.schedule"]);
  });

  test.each([
    "* * * * *",
    "0 0 1 1 0",
    "59 23 31 12 6",
    "*/5 8-18 ? jan-DEC mon-fri",
    "1,2,3-9/2 * * * sun",
    "@daily",
    "@every 1h30m",
    "30/10 * * * *",
    "0  3\t* * *",
  ])("accepted: %j", (schedule) => {
    expect(of(schedule)).toEqual([]);
  });
});

describe("time zones", () => {
  const of = (timeZone: unknown) =>
    refused({ ...cronJob(), spec: { ...(cronJob()["spec"] as Manifest), timeZone } });

  test.each(["Europe/Pari", "Local", "+01:00", "Paris", "Europe/Paris ", "../etc/passwd"])(
    "refused: %j",
    (timeZone) => {
      expect(of(timeZone)).toEqual(["spec.timeZone"]);
    },
  );

  test.each(["Europe/Paris", "Etc/UTC", "UTC", "America/Argentina/Buenos_Aires", "US/Eastern", undefined])(
    "accepted: %j",
    (timeZone) => {
      expect(of(timeZone)).toEqual([]);
    },
  );
});

describe("pods", () => {
  test.each([
    [{ hostname: "web.a" }, "hostname"],
    [{ subdomain: "Web" }, "subdomain"],
    [{ serviceAccountName: "Web" }, "serviceAccountName"],
    [{ priorityClassName: "high_1" }, "priorityClassName"],
    [{ dnsPolicy: "none" }, "dnsPolicy"],
    [{ nodeSelector: { "a b": "c" } }, 'nodeSelector["a b"]'],
    [{ securityContext: { runAsNonRoot: true, fsGroup: -1 } }, "securityContext.fsGroup"],
    [{ securityContext: { supplementalGroups: [1, 2 ** 31] } }, "securityContext.supplementalGroups[1]"],
    [{ hostAliases: [{ ip: "10.0.0.1", hostnames: ["db", "D_B"] }] }, "hostAliases[0].hostnames[1]"],
    [{ hostPID: true, shareProcessNamespace: true }, "shareProcessNamespace"],
    [{ tolerations: [{ operator: "Equal" }] }, "tolerations[0].operator"],
    [{ tolerations: [{ key: "a b", operator: "Exists" }] }, "tolerations[0].key"],
    [{ tolerations: [{ key: "a", operator: "Exists", value: "b" }] }, "tolerations[0].value"],
    [{ tolerations: [{ key: "a", value: "b c" }] }, "tolerations[0].value"],
    [{ tolerations: [{ key: "a", effect: "Never" }] }, "tolerations[0].effect"],
    [{ tolerations: [{ key: "a", effect: "NoSchedule", tolerationSeconds: 3 }] }, "tolerations[0].effect"],
    [
      {
        topologySpreadConstraints: [{ maxSkew: 0, topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule" }],
      },
      "topologySpreadConstraints[0].maxSkew",
    ],
    [
      { topologySpreadConstraints: [{ topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule" }] },
      "topologySpreadConstraints[0].maxSkew",
    ],
    [
      { topologySpreadConstraints: [{ maxSkew: 1, whenUnsatisfiable: "DoNotSchedule" }] },
      "topologySpreadConstraints[0].topologyKey",
    ],
    [
      { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "Fail" }] },
      "topologySpreadConstraints[0].whenUnsatisfiable",
    ],
  ])("refused: %j", (spec, path) => {
    expect(refused(withPod(spec))).toEqual([`${POD}.${path}`]);
  });

  test.each([
    { hostname: "web-1", subdomain: "peers", serviceAccountName: "web.reader", priorityClassName: "high" },
    {
      dnsPolicy: "None",
      dnsConfig: { nameservers: ["10.0.0.10"] },
      nodeSelector: { "kubernetes.io/os": "linux" },
    },
    { securityContext: { fsGroup: 0, supplementalGroups: [2 ** 31 - 1] } },
    { hostPID: false, shareProcessNamespace: true },
    {
      tolerations: [
        { operator: "Exists" },
        { key: "a", operator: "Exists", effect: "NoExecute", tolerationSeconds: 3 },
        { key: "a", value: "b" },
      ],
    },
    {
      topologySpreadConstraints: [
        { maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway" },
      ],
    },
  ])("accepted: %j", (spec) => {
    expect(refused(withPod(spec))).toEqual([]);
  });
});

describe("names that a pod resolves", () => {
  const config = (dnsConfig: Manifest) => ({
    dnsPolicy: "None",
    dnsConfig: { nameservers: ["10.0.0.10"], ...dnsConfig },
  });

  test.each([
    [{ hostAliases: [{ ip: "10.0.0", hostnames: ["db"] }] }, "hostAliases[0].ip"],
    [{ hostAliases: [{ ip: "db", hostnames: ["db"] }] }, "hostAliases[0].ip"],
    [{ hostAliases: [{ hostnames: ["db"] }] }, "hostAliases[0].ip"],
    [{ dnsPolicy: "None" }, "dnsConfig"],
    [{ dnsPolicy: "None", dnsConfig: { searches: ["a.fr"] } }, "dnsConfig.nameservers"],
    [config({ nameservers: ["1.1.1.1", "::1", "1.1.1.2", "1.1.1.3"] }), "dnsConfig.nameservers"],
    [config({ nameservers: ["dns.example.fr"] }), "dnsConfig.nameservers[0]"],
    [config({ searches: ["Example.fr"] }), "dnsConfig.searches[0]"],
    [config({ searches: Array.from({ length: 33 }, (_, at) => `a${at}.fr`) }), "dnsConfig.searches"],
    [config({ searches: Array.from({ length: 20 }, () => `${ofLength(120)}.fr`) }), "dnsConfig.searches"],
    [config({ options: [{ value: "2" }] }), "dnsConfig.options[0].name"],
  ])("refused: %j", (spec, path) => {
    expect(refused(withPod(spec))).toEqual([`${POD}.${path}`]);
  });

  test.each([
    {
      hostAliases: [
        { ip: "10.0.0.5", hostnames: ["db"] },
        { ip: "fd00::5", hostnames: ["db"] },
        { ip: "010.0.0.05" },
      ],
    },
    {
      dnsConfig: {
        searches: ["a.fr", "a.fr.", ".", "_tcp.a.fr", "a_b.fr"],
        options: [{ name: "ndots", value: "2" }],
      },
    },
    config({ nameservers: ["1.1.1.1", "::1", "1.1.1.2"] }),
  ])("accepted: %j", (spec) => {
    expect(refused(withPod(spec))).toEqual([]);
  });
});

describe("affinity", () => {
  const required = (kind: string, term: Manifest | readonly Manifest[]) => ({
    affinity: { [kind]: { requiredDuringSchedulingIgnoredDuringExecution: term } },
  });
  const nodes = (...terms: readonly Manifest[]) => required("nodeAffinity", { nodeSelectorTerms: terms });
  const onNode = (requirement: Manifest) => nodes({ matchExpressions: [{ key: "zone", ...requirement }] });
  const preferred = (kind: string, term: Manifest) => ({
    affinity: { [kind]: { preferredDuringSchedulingIgnoredDuringExecution: [term] } },
  });
  const AFFINITY = `${POD}.affinity`;
  const NODE = "nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms";
  const OTHER = "podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]";
  const others = (term: Manifest) => required("podAntiAffinity", [{ topologyKey: "zone", ...term }]);

  test.each([
    [nodes(), NODE],
    [onNode({ operator: "In" }), `${NODE}[0].matchExpressions[0].values`],
    [onNode({ operator: "Exists", values: ["a"] }), `${NODE}[0].matchExpressions[0].values`],
    [onNode({ operator: "Gt", values: ["1", "2"] }), `${NODE}[0].matchExpressions[0].values`],
    [onNode({ operator: "Equals", values: ["a"] }), `${NODE}[0].matchExpressions[0].operator`],
    [onNode({ values: ["a"] }), `${NODE}[0].matchExpressions[0].operator`],
    [onNode({ key: "a b", operator: "Exists" }), `${NODE}[0].matchExpressions[0].key`],
    [
      nodes({ matchFields: [{ key: "metadata.uid", operator: "In", values: ["a"] }] }),
      `${NODE}[0].matchFields[0].key`,
    ],
    [
      nodes({ matchFields: [{ key: "metadata.name", operator: "In", values: [] }] }),
      `${NODE}[0].matchFields[0].values`,
    ],
    [
      preferred("nodeAffinity", { weight: 101, preference: {} }),
      "nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight",
    ],
    [
      preferred("podAffinity", { podAffinityTerm: { topologyKey: "zone" } }),
      "podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight",
    ],
    [
      preferred("podAffinity", { weight: 1, podAffinityTerm: {} }),
      "podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.topologyKey",
    ],
    [others({ topologyKey: "" }), `${OTHER}.topologyKey`],
    [others({ namespaces: ["A"] }), `${OTHER}.namespaces[0]`],
    [others({ labelSelector: { matchLabels: { app: "a b" } } }), `${OTHER}.labelSelector.matchLabels.app`],
    [
      others({ namespaceSelector: { matchExpressions: [{ key: "a", operator: "Gt", values: ["1"] }] } }),
      `${OTHER}.namespaceSelector.matchExpressions[0].operator`,
    ],
  ])("refused: %j", (spec, path) => {
    expect(refused(withPod(spec))).toEqual([`${AFFINITY}.${path}`]);
  });

  test.each([
    onNode({ operator: "In", values: ["a", "b"] }),
    onNode({ operator: "Lt", values: ["3"] }),
    onNode({ operator: "DoesNotExist" }),
    nodes({ matchFields: [{ key: "metadata.name", operator: "NotIn", values: ["node-1"] }] }, {}),
    preferred("nodeAffinity", { weight: 100, preference: { matchExpressions: [] } }),
    preferred("podAntiAffinity", {
      weight: 1,
      podAffinityTerm: {
        topologyKey: "kubernetes.io/hostname",
        labelSelector: { matchLabels: { app: "web" } },
      },
    }),
    others({ namespaceSelector: {}, namespaces: ["shop"], labelSelector: null }),
  ])("accepted: %j", (spec) => {
    expect(refused(withPod(spec))).toEqual([]);
  });
});

describe("projected volumes", () => {
  const projected = (...sources: readonly Manifest[]) => ({
    volumes: [{ name: "tmp", projected: { sources } }],
  });
  const SOURCES = "volumes[0].projected.sources";
  const item = (path: string) => ({ key: "a", path });

  test.each([
    [
      { serviceAccountToken: { path: "token", expirationSeconds: 599 } },
      "[0].serviceAccountToken.expirationSeconds",
    ],
    [{ serviceAccountToken: {} }, "[0].serviceAccountToken.path"],
    [{ serviceAccountToken: { path: "../token" } }, "[0].serviceAccountToken.path"],
    [{ secret: { items: [item("a")] } }, "[0].secret.name"],
    [{ secret: { name: "a" }, configMap: { name: "b" } }, "[0]"],
  ])("refused: %j", (source, path) => {
    expect(refused(withPod(projected(source)))).toEqual([`${POD}.${SOURCES}${path}`]);
  });

  test("a path that another source has", () => {
    const sources = [
      { secret: { name: "a", items: [item("a")] } },
      { configMap: { name: "b", items: [item("a")] } },
    ];
    expect(refused(withPod(projected(...sources)))).toEqual([`${POD}.${SOURCES}[1].configMap.items[0].path`]);
  });

  test("accepted", () => {
    const sources = [
      { serviceAccountToken: { path: "token", expirationSeconds: 3607 } },
      { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
      { downwardAPI: { items: [{ path: "namespace", fieldRef: { fieldPath: "metadata.namespace" } }] } },
      { secret: { name: "a", optional: true } },
    ];
    expect(refused(withPod(projected(...sources)))).toEqual([]);
  });
});

describe("words and gates of a pod", () => {
  test.each([
    [{ readinessGates: [{ conditionType: "a b" }] }, "readinessGates[0].conditionType"],
    [{ schedulingGates: [{}] }, "schedulingGates[0].name"],
    [{ os: { name: "plan9" } }, "os.name"],
    [{ securityContext: { fsGroupChangePolicy: "Never" } }, "securityContext.fsGroupChangePolicy"],
    [{ securityContext: { supplementalGroupsPolicy: "All" } }, "securityContext.supplementalGroupsPolicy"],
    [
      {
        topologySpreadConstraints: [
          { maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule", minDomains: 0 },
        ],
      },
      "topologySpreadConstraints[0].minDomains",
    ],
  ])("refused: %j", (spec, path) => {
    expect(refused(withPod(spec))).toEqual([`${POD}.${path}`]);
  });

  test("accepted", () => {
    const spec = {
      readinessGates: [{ conditionType: "example.org/ready" }],
      schedulingGates: [{ name: "example.org/gate" }],
      os: { name: "linux" },
      securityContext: { fsGroupChangePolicy: "OnRootMismatch", supplementalGroupsPolicy: "Strict" },
    };
    expect(refused(withPod(spec))).toEqual([]);
  });
});

describe("containers", () => {
  test.each([
    [{ name: "web.x" }, "name"],
    [{ name: undefined }, "name"],
    [{ imagePullPolicy: "IfAbsent" }, "imagePullPolicy"],
    [{ restartPolicy: "Sometimes" }, "restartPolicy"],
    [{ terminationMessagePolicy: "Logs" }, "terminationMessagePolicy"],
    [{ ports: [{ containerPort: 0 }] }, "ports[0].containerPort"],
    [{ ports: [{ containerPort: 65_536 }] }, "ports[0].containerPort"],
    [{ ports: [{ name: "http" }] }, "ports[0].containerPort"],
    [{ ports: [{ name: "WAYTOOLONG", containerPort: 1 }] }, "ports[0].name"],
    [{ ports: [{ name: ofLength(16), containerPort: 1 }] }, "ports[0].name"],
    [{ ports: [{ name: "8080", containerPort: 1 }] }, "ports[0].name"],
    [{ ports: [{ name: "a--b", containerPort: 1 }] }, "ports[0].name"],
    [{ ports: [{ containerPort: 1, protocol: "tcp" }] }, "ports[0].protocol"],
    [{ ports: [{ containerPort: 1, hostPort: 65_536 }] }, "ports[0].hostPort"],
    [
      {
        ports: [
          { name: "a", containerPort: 1 },
          { name: "a", containerPort: 2 },
        ],
      },
      "ports[1].name",
    ],
    [{ env: [{ name: "A=B", value: "x" }] }, "env[0].name"],
    [{ env: [{ name: "É", value: "x" }] }, "env[0].name"],
    [{ env: [{ value: "x" }] }, "env[0].name"],
    [{ env: [{ name: "A", value: "x", valueFrom: { fieldRef: { fieldPath: "a" } } }] }, "env[0].valueFrom"],
    [{ env: [{ name: "A", valueFrom: {} }] }, "env[0].valueFrom.secretKeyRef"],
    [
      {
        env: [
          { name: "A", valueFrom: { fieldRef: { fieldPath: "a" }, secretKeyRef: { name: "b", key: "c" } } },
        ],
      },
      "env[0].valueFrom",
    ],
    [
      { env: [{ name: "A", valueFrom: { secretKeyRef: { name: "b" } } }] },
      "env[0].valueFrom.secretKeyRef.key",
    ],
    [
      { env: [{ name: "A", valueFrom: { secretKeyRef: { name: "B", key: "c" } } }] },
      "env[0].valueFrom.secretKeyRef.name",
    ],
    [
      { env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "b", key: "c d" } } }] },
      "env[0].valueFrom.configMapKeyRef.key",
    ],
    [{ envFrom: [{ prefix: "A_" }] }, "envFrom[0].configMapRef"],
    [{ envFrom: [{ configMapRef: { name: "a" }, secretRef: { name: "a" } }] }, "envFrom[0]"],
    [{ envFrom: [{ configMapRef: { name: "A" } }] }, "envFrom[0].configMapRef.name"],
    [{ resources: { limits: { memory: "1Gi" }, requests: { memory: "2Gi" } } }, "resources.requests.memory"],
    [{ resources: { limits: { cpu: "999m" }, requests: { cpu: 1 } } }, "resources.requests.cpu"],
    [{ resources: { limits: { cpu: "-1" } } }, "resources.limits.cpu"],
    [{ resources: { limits: { ram: "1Gi" } } }, "resources.limits.ram"],
    [
      { resources: { limits: { "nvidia.com/gpu": 2 }, requests: { "nvidia.com/gpu": 1 } } },
      'resources.requests["nvidia.com/gpu"]',
    ],
    [{ resources: { requests: { "nvidia.com/gpu": 1 } } }, 'resources.limits["nvidia.com/gpu"]'],
    [
      { resources: { limits: { "requests.nvidia.com/gpu": 1 } } },
      'resources.limits["requests.nvidia.com/gpu"]',
    ],
    [{ volumeMounts: [{ name: "none", mountPath: "/a" }] }, "volumeMounts[0].name"],
    [{ volumeMounts: [{ mountPath: "/a" }] }, "volumeMounts[0].name"],
    [{ volumeMounts: [{ name: "tmp" }] }, "volumeMounts[0].mountPath"],
    [
      {
        volumeMounts: [
          { name: "tmp", mountPath: "/a" },
          { name: "tmp", mountPath: "/a" },
        ],
      },
      "volumeMounts[1].mountPath",
    ],
    [{ volumeMounts: [{ name: "tmp", mountPath: "/a", subPath: "../b" }] }, "volumeMounts[0].subPath"],
    [{ volumeMounts: [{ name: "tmp", mountPath: "/a", subPath: "/b" }] }, "volumeMounts[0].subPath"],
    [
      { volumeMounts: [{ name: "tmp", mountPath: "/a", subPath: "b", subPathExpr: "c" }] },
      "volumeMounts[0].subPathExpr",
    ],
    [
      { volumeMounts: [{ name: "tmp", mountPath: "/a", mountPropagation: "Both" }] },
      "volumeMounts[0].mountPropagation",
    ],
    [{ volumeDevices: [{ name: "none", devicePath: "/dev/a" }] }, "volumeDevices[0].name"],
    [{ readinessProbe: { tcpSocket: { port: 1 }, periodSeconds: -1 } }, "readinessProbe.periodSeconds"],
    [
      { readinessProbe: { tcpSocket: { port: 1 }, terminationGracePeriodSeconds: 3 } },
      "readinessProbe.terminationGracePeriodSeconds",
    ],
    [{ livenessProbe: { tcpSocket: { port: 1 }, successThreshold: 2 } }, "livenessProbe.successThreshold"],
    [
      { livenessProbe: { tcpSocket: { port: 1 }, terminationGracePeriodSeconds: 0 } },
      "livenessProbe.terminationGracePeriodSeconds",
    ],
    [{ startupProbe: { tcpSocket: { port: "HTTP" } } }, "startupProbe.tcpSocket.port"],
    [{ startupProbe: { grpc: { port: 65_536 } } }, "startupProbe.grpc.port"],
    [{ livenessProbe: { httpGet: { port: 1, scheme: "http" } } }, "livenessProbe.httpGet.scheme"],
    [
      { livenessProbe: { httpGet: { port: 1, httpHeaders: [{ name: "A:", value: "b" }] } } },
      "livenessProbe.httpGet.httpHeaders[0].name",
    ],
    [{ lifecycle: { preStop: { sleep: { seconds: -1 } } } }, "lifecycle.preStop.sleep.seconds"],
    [{ securityContext: { runAsUser: 2 ** 31 } }, "securityContext.runAsUser"],
  ])("refused: %j", (overrides, path) => {
    expect(refused(withContainer(overrides))).toEqual([`${FIRST}.${path}`]);
  });

  test.each([
    { name: ofLength(63) },
    { imagePullPolicy: "", restartPolicy: "Always", terminationMessagePolicy: "FallbackToLogsOnError" },
    {
      ports: [
        { name: "a23456789012345", containerPort: 65_535, hostPort: 0 },
        { name: "b", containerPort: 65_535 },
      ],
    },
    { ports: [{ containerPort: 1, protocol: "SCTP" }] },
    {
      env: [
        { name: "my.name-1 (x)", value: "" },
        { name: "B" },
        { name: "C", value: "", valueFrom: { fieldRef: { fieldPath: "a" } } },
      ],
    },
    { env: [{ name: "A", valueFrom: { futureRef: { name: "b" } } }] },
    { env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "b.c", key: "_a.B-c" } } }] },
    { envFrom: [{ prefix: "A_", secretRef: { name: "a" } }] },
    { resources: { limits: { cpu: "700m", memory: "1Gi" }, requests: { cpu: 0.7, memory: "1024Mi" } } },
    { resources: { limits: { cpu: "1e3" }, requests: { cpu: "1k", "ephemeral-storage": "1Gi" } } },
    {
      resources: {
        limits: { "hugepages-2Mi": "4Mi", "nvidia.com/gpu": 1 },
        requests: { "nvidia.com/gpu": 1 },
      },
    },
    {
      volumeMounts: [
        { name: "tmp", mountPath: "/a" },
        { name: "tmp", mountPath: "/b", subPath: "c/..d" },
      ],
    },
    { readinessProbe: { tcpSocket: { port: "http" }, successThreshold: 3, periodSeconds: 0 } },
    { livenessProbe: { tcpSocket: { port: 65_535 }, successThreshold: 1, terminationGracePeriodSeconds: 1 } },
    {
      livenessProbe: { httpGet: { port: 1, scheme: "HTTPS", httpHeaders: [{ name: "X-A", value: "b c" }] } },
    },
    { lifecycle: { preStop: { sleep: { seconds: 0 } } } },
    { securityContext: { runAsUser: 2 ** 31 - 1, runAsGroup: 0 } },
  ])("accepted: %j", (overrides) => {
    expect(refused(withContainer(overrides))).toEqual([]);
  });

  test("names are unique among all containers of a pod", () => {
    const containers = [container(), container()];
    const initContainers = [{ name: "web" }, { name: "init" }];
    expect(refused(withPod({ containers, initContainers }))).toEqual([
      `${POD}.containers[1].name`,
      `${POD}.initContainers[0].name`,
    ]);
  });

  test("an init container that ends has no probe and no hook; a sidecar has", () => {
    const probe = { tcpSocket: { port: 1 } };
    const init = {
      name: "init",
      readinessProbe: probe,
      lifecycle: { preStop: { exec: { command: ["a"] } } },
    };
    expect(refused(withPod({ initContainers: [init] }))).toEqual([
      `${POD}.initContainers[0].readinessProbe`,
      `${POD}.initContainers[0].lifecycle`,
    ]);
    expect(refused(withPod({ initContainers: [{ ...init, restartPolicy: "Always" }] }))).toEqual([]);
    const negative = { ...init, restartPolicy: "Always", readinessProbe: { ...probe, periodSeconds: -1 } };
    expect(refused(withPod({ initContainers: [negative] }))).toEqual([
      `${POD}.initContainers[0].readinessProbe.periodSeconds`,
    ]);
  });

  test("an ephemeral container looks at one of the others", () => {
    const of = (targetContainerName: string) =>
      refused(pod({ pod: podSpec({ ephemeralContainers: [{ name: "debug", targetContainerName }] }) }));
    expect([of(""), of("web"), of("debug")]).toEqual([
      [],
      [],
      ["spec.ephemeralContainers[0].targetContainerName"],
    ]);
  });

  test("on the node's network the two ports are one", () => {
    const of = (hostPort: number) =>
      refused(
        withPod({ hostNetwork: true, containers: [container({ ports: [{ containerPort: 80, hostPort }] })] }),
      );
    expect([of(80), of(0), of(81)]).toEqual([[], [], [`${FIRST}.ports[0].hostPort`]]);
  });
});

describe("volumes", () => {
  test.each([
    [{ name: "A" }, "name"],
    [{ emptyDir: {} }, "name"],
    [{ name: "tmp", emptyDir: {} }, "name"],
    [{ name: "a", emptyDir: {}, configMap: { name: "b" } }, ""],
    [{ name: "a", emptyDir: { medium: "memory" } }, "emptyDir.medium"],
    [{ name: "a", emptyDir: { sizeLimit: "-1" } }, "emptyDir.sizeLimit"],
    [{ name: "a", hostPath: {} }, "hostPath.path"],
    [{ name: "a", hostPath: { path: "/a", type: "Folder" } }, "hostPath.type"],
    [{ name: "a", configMap: {} }, "configMap.name"],
    [{ name: "a", secret: {} }, "secret.secretName"],
    [{ name: "a", secret: { secretName: "b", defaultMode: 512 } }, "secret.defaultMode"],
    [{ name: "a", persistentVolumeClaim: { claimName: "" } }, "persistentVolumeClaim.claimName"],
    [{ name: "a", csi: {} }, "csi.driver"],
    [{ name: "a", nfs: { server: "b" } }, "nfs.path"],
    [{ name: "a", configMap: { name: "b", items: [{ key: "c", path: "../d" }] } }, "configMap.items[0].path"],
    [{ name: "a", configMap: { name: "b", items: [{ key: "c" }] } }, "configMap.items[0].path"],
    [
      { name: "a", configMap: { name: "b", items: [{ key: "c", path: "d", mode: -1 }] } },
      "configMap.items[0].mode",
    ],
    [
      { name: "a", projected: { sources: [{ secret: { name: "b", items: [{ key: "c", path: "/d" }] } }] } },
      "projected.sources[0].secret.items[0].path",
    ],
    [{ name: "a", projected: { defaultMode: 777, sources: [] } }, "projected.defaultMode"],
  ])("refused: %j", (volume, path) => {
    const spec = podSpec();
    const volumes = [...(spec["volumes"] as readonly unknown[]), volume];
    expect(refused(withPod({ volumes }))).toEqual([`${POD}.volumes[1]${path === "" ? "" : `.${path}`}`]);
  });

  test.each([
    { name: "a" },
    { name: "a", emptyDir: { medium: "Memory", sizeLimit: "1Mi" } },
    { name: "a", emptyDir: { medium: "HugePages-2Mi" } },
    { name: "a", hostPath: { path: "/a", type: "" } },
    { name: "a", configMap: { name: "b", defaultMode: 511, items: [{ key: "c", path: "d/..e", mode: 0 }] } },
    { name: "a", futureSource: {}, anotherSource: {} },
  ])("accepted: %j", (volume) => {
    const volumes = [...(podSpec()["volumes"] as readonly unknown[]), volume];
    expect(refused(withPod({ volumes }))).toEqual([]);
  });
});

test("values of a wrong type are said once, by the decoders", () => {
  expect(refused(named({ name: 5, labels: "x" }))).toEqual([]);
  expect(refused(withContainer({ ports: [{ containerPort: "80" }], env: "A" }))).toEqual([]);
});

test("what is said names the value and what is expected, never a secret", () => {
  expect(said(named({ name: "Web" }))).toEqual([
    'not valid Kubernetes: metadata.name is "Web" and must be a name of lowercase letters, digits, hyphens and dots, of at most 253 characters',
  ]);
  expect(said(withSpec({ replicas: -1 }))).toEqual([
    "not valid Kubernetes: spec.replicas is -1 and must be at least 0",
  ]);
  const token = `ghp_${"a1B2".repeat(9)}`;
  expect(JSON.stringify(said(named({ name: "web", labels: { app: `${token}!` } })))).not.toContain(token);
});
