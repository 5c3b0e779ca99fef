import { describe, expect, test } from "vitest";
import { deployment, type Manifest, podSpec, yaml } from "../../../test/fixtures/manifests.ts";
import type { RelatedEffect } from "../../contract/related-facts.ts";
import { type ReadResult, readWorkloads } from "../read-workloads.ts";

async function read(...objects: readonly Manifest[]): Promise<ReadResult> {
  const text = objects.map((one) => yaml(one)).join("---\n");
  async function* stdin() {
    yield Buffer.from(text);
  }
  return readWorkloads(["-"], { cwd: "/", stdin: stdin() });
}

const WEB = deployment({ pod: podSpec({ serviceAccountName: "web" }) });

async function effects(...objects: readonly Manifest[]): Promise<readonly RelatedEffect[]> {
  const { workloads } = await read(WEB, ...objects);
  return (workloads[0]?.facts.related ?? []).map(({ effect }) => effect);
}

function object(type: string, fields: Manifest, metadata: Manifest = {}): Manifest {
  const at = type.lastIndexOf("/");
  return {
    apiVersion: type.slice(0, at),
    kind: type.slice(at + 1),
    metadata: { name: "it", ...metadata },
    ...fields,
  };
}

const PODS = { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] };

function webhook(rule: Manifest, more: Manifest = {}): Manifest {
  return object("admissionregistration.k8s.io/v1/MutatingWebhookConfiguration", {
    webhooks: [{ name: "w.example.org", rules: [{ ...PODS, ...rule }], ...more }],
  });
}

function kyverno(rule: Manifest): Manifest {
  return object("kyverno.io/v1/ClusterPolicy", { spec: { rules: [rule] } });
}

const HOST = { patchStrategicMerge: { spec: { hostNetwork: true } } };

function kinds(...named: readonly string[]): Manifest {
  return { any: [{ resources: { kinds: named } }] };
}

function assign(spec: Manifest, kind = "Assign"): Manifest {
  return object(`mutations.gatekeeper.sh/v1/${kind}`, {
    spec: {
      location: "spec.hostNetwork",
      applyTo: [{ groups: [""], kinds: ["Pod"], versions: ["v1"] }],
      ...spec,
    },
  });
}

function admissionPolicy(constraints: Manifest, kind = "MutatingAdmissionPolicy", name = "it"): Manifest {
  return object(`admissionregistration.k8s.io/v1/${kind}`, { spec: constraints }, { name });
}

const OTHER_LABEL = { matchLabels: { app: "other" } };
const OTHER_SPACE = { matchLabels: { "kubernetes.io/metadata.name": "other" } };

describe("objects that may change the pods", () => {
  test.each<[string, Manifest]>([
    ["a webhook of pods", webhook({})],
    ["of everything", webhook({ apiGroups: ["*"], resources: ["*"], operations: ["*"] })],
    ["of every subresource", webhook({ apiGroups: ["*"], resources: ["*/*"] })],
    ["of Deployments", webhook({ apiGroups: ["apps"], resources: ["deployments"] })],
    ["of ReplicaSets, which lie between", webhook({ apiGroups: ["apps"], resources: ["replicasets"] })],
    ["of ephemeral containers", webhook({ resources: ["pods/ephemeralcontainers"] })],
    [
      "of namespaces that carry a label",
      webhook({}, { namespaceSelector: { matchLabels: { inject: "yes" } } }),
    ],
    [
      "of pods with a label of a controller's",
      webhook(
        {},
        { objectSelector: { matchExpressions: [{ key: "pod-template-hash", operator: "Exists" }] } },
      ),
    ],
    [
      "of namespaces but the system's",
      webhook(
        {},
        {
          namespaceSelector: {
            matchExpressions: [
              { key: "kubernetes.io/metadata.name", operator: "NotIn", values: ["kube-system"] },
            ],
          },
        },
      ),
    ],
    ["a policy", admissionPolicy({ matchConstraints: { resourceRules: [PODS] } })],
    ["a policy without constraints", admissionPolicy({})],
    [
      "a binding of a policy elsewhere",
      admissionPolicy({ policyName: "else" }, "MutatingAdmissionPolicyBinding"),
    ],
    [
      "a binding that narrows it",
      admissionPolicy(
        { policyName: "else", matchResources: { namespaceSelector: {} } },
        "MutatingAdmissionPolicyBinding",
      ),
    ],
    ["Kyverno on pods", kyverno({ match: kinds("Pod"), mutate: HOST })],
    ["Kyverno by group and version", kyverno({ match: kinds("apps/v1/Deployment"), mutate: HOST })],
    ["Kyverno on any kind", kyverno({ match: kinds("*"), mutate: HOST })],
    ["Kyverno's older form", kyverno({ match: { resources: { kinds: ["Pod"] } }, mutate: HOST })],
    ["Kyverno without kinds", kyverno({ match: { any: [{ subjects: [] }] }, mutate: HOST })],
    ["Kyverno without a match", kyverno({ mutate: HOST })],
    [
      "Kyverno on what is there already",
      kyverno({ match: kinds("ConfigMap"), mutate: { ...HOST, targets: [{ kind: "Deployment" }] } }),
    ],
    [
      "Kyverno's annotations",
      kyverno({
        match: kinds("Pod"),
        mutate: { patchStrategicMerge: { metadata: { annotations: { a: "b" } } } },
      }),
    ],
    ["Kyverno's JSON patch", kyverno({ match: kinds("Pod"), mutate: { patchesJson6902: "- op: add" } })],
    [
      "a policy of Kyverno's namespace",
      {
        ...kyverno({ match: kinds("Pod"), mutate: HOST }),
        kind: "Policy",
        metadata: { name: "it", namespace: "aides" },
      },
    ],
    ["Gatekeeper's Assign", assign({})],
    ["Gatekeeper's ModifySet", assign({ location: "spec.containers[name:*].args" }, "ModifySet")],
    ["Gatekeeper without a list", assign({ applyTo: [] })],
    [
      "a PodPreset",
      object("settings.k8s.io/v1alpha1/PodPreset", { spec: { selector: {} } }, { namespace: "aides" }),
    ],
    ["a PodDefault without a namespace", object("kubeflow.org/v1alpha1/PodDefault", { spec: {} })],
  ])("%s", async (_name, one) => {
    expect(await effects(one)).toEqual([{ is: "mutation" }]);
  });
});

describe("objects that change other things", () => {
  test.each<[string, Manifest]>([
    [
      "a webhook of another resource",
      webhook({ apiGroups: ["cert-manager.io"], resources: ["certificates"] }),
    ],
    ["of pods of another group", webhook({ apiGroups: ["other.example"] })],
    ["of deletions", webhook({ operations: ["DELETE"] })],
    ["of a pod's status", webhook({ resources: ["pods/status"] })],
    ["without rules", webhook({}, { rules: undefined })],
    ["of another namespace", webhook({}, { namespaceSelector: OTHER_SPACE })],
    ["of pods with another label", webhook({}, { objectSelector: OTHER_LABEL })],
    [
      "of pods without a label",
      webhook(
        {},
        {
          objectSelector: {
            matchExpressions: [
              { key: "app", operator: "DoesNotExist" },
              { key: "app.kubernetes.io/name", operator: "DoesNotExist" },
            ],
          },
        },
      ),
    ],
    [
      "of pods whose label is among others",
      webhook(
        {},
        { objectSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["other"] }] } },
      ),
    ],
    [
      "a policy of ConfigMaps",
      admissionPolicy({ matchConstraints: { resourceRules: [{ ...PODS, resources: ["configmaps"] }] } }),
    ],
    ["Kyverno that validates", kyverno({ match: kinds("Pod"), validate: {} })],
    ["Kyverno on ConfigMaps", kyverno({ match: kinds("ConfigMap"), mutate: HOST })],
    [
      "Kyverno in another namespace",
      kyverno({ match: { any: [{ resources: { kinds: ["Pod"], namespaces: ["other"] } }] }, mutate: HOST }),
    ],
    [
      "Kyverno on other labels",
      kyverno({ match: { all: [{ resources: { kinds: ["Pod"], selector: OTHER_LABEL } }] }, mutate: HOST }),
    ],
    [
      "Kyverno's labels",
      kyverno({
        match: kinds("Pod"),
        mutate: { patchStrategicMerge: { metadata: { "+(labels)": { a: "b" } } } },
      }),
    ],
    ["Gatekeeper's labels", assign({ location: "metadata.labels.owner" }, "AssignMetadata")],
    ["Gatekeeper on Services", assign({ applyTo: [{ groups: [""], kinds: ["Service"] }] })],
    ["Gatekeeper in another namespace", assign({ match: { namespaces: ["other"] } })],
    [
      "a PodPreset of another namespace",
      object("settings.k8s.io/v1alpha1/PodPreset", { spec: {} }, { namespace: "other" }),
    ],
    [
      "a ResourceQuota",
      object("v1/ResourceQuota", { spec: { hard: { pods: "4" } } }, { namespace: "aides" }),
    ],
    [
      "a NetworkPolicy",
      object("networking.k8s.io/v1/NetworkPolicy", { spec: { podSelector: {} } }, { namespace: "aides" }),
    ],
  ])("%s", async (_name, one) => {
    expect(await effects(one)).toEqual([]);
  });

  test("a binding whose policy is among the manifests says nothing of its own", async () => {
    const policy = admissionPolicy(
      { matchConstraints: { resourceRules: [{ ...PODS, resources: ["configmaps"] }] } },
      "MutatingAdmissionPolicy",
      "p",
    );
    expect(
      await effects(policy, admissionPolicy({ policyName: "p" }, "MutatingAdmissionPolicyBinding")),
    ).toEqual([]);
  });
});

describe("the namespace", () => {
  const space = (labels: Manifest, name = "aides") => object("v1/Namespace", {}, { name, labels });

  test.each<[string, Manifest, readonly RelatedEffect[]]>([
    [
      "its own",
      space({ "pod-security.kubernetes.io/enforce": "baseline" }),
      [{ is: "enforcement", level: "baseline" }],
    ],
    [
      "with a version",
      space({ "pod-security.kubernetes.io/enforce-version": "v1.20" }),
      [{ is: "enforcement", version: "v1.20" }],
    ],
    ["another one", space({ "pod-security.kubernetes.io/enforce": "privileged" }, "other"), []],
    ["labels that only warn", space({ "pod-security.kubernetes.io/warn": "baseline" }), []],
  ])("%s", async (_name, one, expected) => {
    expect(await effects(one)).toEqual(expected);
  });
});

describe("rights of the service account", () => {
  const RBAC = "rbac.authorization.k8s.io/v1";
  const RULE = { apiGroups: [""], resources: ["secrets"], verbs: ["get"] };
  const binding = (
    subject: Manifest,
    kind = "ClusterRoleBinding",
    roleRef: Manifest = { kind: "ClusterRole", name: "r" },
  ) =>
    object(
      `${RBAC}/${kind}`,
      { roleRef, subjects: [subject] },
      { namespace: kind === "RoleBinding" ? "aides" : undefined },
    );
  const account = { kind: "ServiceAccount", name: "web", namespace: "aides" };

  test.each<[string, Manifest, boolean]>([
    ["itself", account, true],
    ["as a user", { kind: "User", name: "system:serviceaccount:aides:web" }, true],
    ["all of its namespace", { kind: "Group", name: "system:serviceaccounts:aides" }, true],
    ["all accounts", { kind: "Group", name: "system:serviceaccounts" }, true],
    ["everybody who is known", { kind: "Group", name: "system:authenticated" }, true],
    ["another account", { ...account, name: "other" }, false],
    ["of another namespace", { ...account, namespace: "other" }, false],
    ["another user", { kind: "User", name: "system:serviceaccount:aides:other" }, false],
    ["people", { kind: "Group", name: "developers" }, false],
    ["a subject without a name", { kind: "ServiceAccount" }, false],
  ])("%s: %j", async (_name, subject, isGiven) => {
    const found = await effects(binding(subject));
    expect(found.map(({ is }) => is)).toEqual(isGiven ? ["rights"] : []);
  });

  test.each([
    { kind: "Group", name: "system:unauthenticated" },
    { kind: "User", name: "system:anonymous" },
  ])("callers without credentials need no token: %j", async (subject) => {
    expect(await effects(binding(subject))).toEqual([
      { is: "rights", scope: "cluster", needsNoToken: true, openTo: subject.name, role: "ClusterRole/r" },
    ]);
    const near = { kind: subject.kind === "User" ? "Group" : "User", name: subject.name };
    expect(await effects(binding(near))).toEqual([]);
  });

  test("OpenShift's older form of a binding counts", async () => {
    const older = (fields: Manifest) =>
      object("authorization.openshift.io/v1/ClusterRoleBinding", { roleRef: { name: "edit" }, ...fields });
    const rights = [{ is: "rights", scope: "cluster", role: "ClusterRole/edit" }];
    expect(await effects(older({ subjects: [account] }))).toEqual(rights);
    expect(await effects(older({ userNames: ["system:serviceaccount:aides:web"] }))).toEqual(rights);
    expect(await effects(older({ groupNames: ["system:serviceaccounts"] }))).toMatchObject(rights);
    expect(await effects(older({ userNames: ["ci"] }))).toEqual([]);
    const role = { roleRef: { name: "own", namespace: "aides" }, subjects: [account] };
    const inPlace = object("authorization.openshift.io/v1/RoleBinding", role, { namespace: "aides" });
    expect(await effects(inPlace)).toEqual([{ is: "rights", scope: "namespace", role: "Role/own" }]);
  });

  test("a binding within a custom resource counts", async () => {
    const within = object("work.open-cluster-management.io/v1/ManifestWork", {
      spec: { workload: { manifests: [binding(account)] } },
    });
    expect(await effects(within)).toEqual([{ is: "rights", scope: "cluster", role: "ClusterRole/r" }]);
  });

  test("a RoleBinding of another namespace reaches what is there", async () => {
    const elsewhere = (subject: Manifest) =>
      object(
        `${RBAC}/RoleBinding`,
        { roleRef: { kind: "ClusterRole", name: "edit" }, subjects: [subject] },
        { name: "web", namespace: "kube-system" },
      );
    expect(await effects(elsewhere(account))).toEqual([
      { is: "rights", scope: "other-namespace", role: "ClusterRole/edit" },
    ]);
    // Its ServiceAccount without a namespace is one of kube-system.
    expect(await effects(elsewhere({ kind: "ServiceAccount", name: "web" }))).toEqual([]);
    expect(await effects(elsewhere({ ...account, name: "other" }))).toEqual([]);
  });

  test("the role's rules, where it is among the manifests", async () => {
    const rules = [{ ...RULE, resourceNames: [] }];
    const role = object(`${RBAC}/ClusterRole`, { rules: [RULE] }, { name: "r" });
    expect(await effects(binding(account), role)).toEqual([
      { is: "rights", scope: "cluster", role: "ClusterRole/r", rules },
    ]);
    expect(await effects(binding(account))).toEqual([
      { is: "rights", scope: "cluster", role: "ClusterRole/r" },
    ]);
  });

  test.each<[string, Manifest]>([
    ["of another namespace", object(`${RBAC}/Role`, { rules: [RULE] }, { name: "r", namespace: "other" })],
    [
      "that a controller fills in",
      object(`${RBAC}/ClusterRole`, { rules: [], aggregationRule: {} }, { name: "r" }),
    ],
    [
      "that a controller copies from another namespace",
      object(
        `${RBAC}/Role`,
        { rules: [] },
        {
          name: "r",
          namespace: "aides",
          annotations: { "replicator.v1.mittwald.de/replicate-from": "ops/r" },
        },
      ),
    ],
  ])("a role %s is not known", async (_name, role) => {
    const roleRef = { kind: role["kind"], name: "r" };
    expect(await effects(binding(account, "RoleBinding", roleRef), role)).toEqual([
      { is: "rights", scope: "namespace", role: `${String(roleRef.kind)}/r` },
    ]);
  });

  test("its ServiceAccount says whether pods get the token", async () => {
    const one = (name: string, fields: Manifest) =>
      object("v1/ServiceAccount", fields, { name, namespace: "aides" });
    expect(await effects(one("web", { automountServiceAccountToken: false }))).toEqual([
      { is: "account", automountServiceAccountToken: false },
    ]);
    expect(await effects(one("web", {}), one("other", { automountServiceAccountToken: true }))).toEqual([]);
  });
});

describe("a LimitRange", () => {
  const range = (limit: Manifest, namespace = "aides") =>
    object("v1/LimitRange", { spec: { limits: [{ type: "Container", ...limit }] } }, { namespace });
  const limitsOf = async (limits: Manifest | undefined, ...ranges: readonly Manifest[]) => {
    const resources = limits === undefined ? undefined : { limits };
    const { containers } = podSpec() as { readonly containers: readonly Manifest[] };
    const web = deployment({
      pod: podSpec({ containers: containers.map((one) => ({ ...one, resources })) }),
    });
    const { workloads } = await read(web, ...ranges);
    return workloads[0]?.facts.pod.spec.containers[0]?.resources?.limits;
  };

  test.each<[string, Manifest | undefined, readonly Manifest[], Manifest | undefined]>([
    [
      "its default is the container's limit",
      undefined,
      [range({ default: { memory: "1Mi" } })],
      { memory: "1Mi" },
    ],
    ["its maximum is, without a default", {}, [range({ max: { memory: "2Mi" } })], { memory: "2Mi" }],
    ["the default before the maximum", {}, [range({ max: { cpu: 2 }, default: { cpu: 1 } })], { cpu: "1" }],
    [
      "the lowest of two",
      {},
      [range({ default: { cpu: "1" } }), range({ default: { cpu: "500m" } })],
      { cpu: "500m" },
    ],
    [
      "what the container says stays",
      { memory: "1Gi" },
      [range({ default: { memory: "1Mi" } })],
      { memory: "1Gi" },
    ],
    ["what is no quantity is left out", {}, [range({ default: { memory: "much" } })], {}],
    ["of another namespace: none", undefined, [range({ default: { memory: "1Mi" } }, "other")], undefined],
    [
      "of claims: none",
      undefined,
      [range({ type: "PersistentVolumeClaim", max: { storage: "1Gi" } })],
      undefined,
    ],
  ])("%s", async (_name, own, ranges, expected) => {
    expect(await limitsOf(own, ...ranges)).toEqual(expected);
  });
});

test("addresses that external-dns is asked to publish are named by their annotation; names are none", async () => {
  const published = (target: unknown) =>
    object(
      "networking.k8s.io/v1/Ingress",
      { spec: {} },
      { annotations: { "external-dns.alpha.kubernetes.io/target": target } },
    );
  expect(await effects(published("10.1.2.3, lb.example.org"))).toEqual([
    {
      is: "address",
      field: 'metadata.annotations["external-dns.alpha.kubernetes.io/target"]',
      address: "10.1.2.3",
    },
  ]);
  expect(await effects(published("lb.example.org"))).toEqual([]);
  expect(await effects(published(["10.1.2.3"]))).toEqual([]);
});

describe("limits that a LimitRange does not allow", () => {
  const refused = async (limit: Manifest, resources: Manifest | undefined, pod: Manifest = {}) => {
    const { containers } = podSpec() as { readonly containers: readonly Manifest[] };
    const own = deployment({
      pod: podSpec({ containers: containers.map((one) => ({ ...one, resources })), ...pod }),
    });
    const range = object("v1/LimitRange", { spec: { limits: [limit] } });
    const { workloads } = await read(own, range);
    return (workloads[0]?.facts.refused ?? []).map(({ path, problem }) => `${path}: ${problem.en}`);
  };
  const memory = (limit: string) => ({ limits: { memory: limit } });
  const init = { initContainers: [{ name: "i", image: "a:1", resources: memory("3Gi") }] };

  test.each<[string, Manifest, Manifest | undefined, Manifest, RegExp]>([
    [
      "no limit, where the pod's is bounded",
      { type: "Pod", max: { memory: "2Mi" } },
      undefined,
      {},
      /no container has/,
    ],
    [
      "more than the pod may have",
      { type: "Pod", max: { memory: "1Gi" } },
      memory("2Gi"),
      {},
      /containers: LimitRange it \(-:\d+\) allows 1Gi of memory at most, and the limit is larger/,
    ],
    ["more by an init container", { type: "Pod", max: { memory: "2Gi" } }, memory("1Gi"), init, /is larger/],
    [
      "more than a container may have",
      { type: "Container", max: { cpu: 1 } },
      { limits: { cpu: "1500m" } },
      {},
      /containers\[0\]\.resources\.limits\.cpu: .*is larger/,
    ],
  ])("%s", async (_, limit, resources, pod, expected) => {
    expect(await refused(limit, resources, pod)).toEqual([expect.stringMatching(expected)]);
  });

  test.each<[string, Manifest, Manifest | undefined, Manifest?]>([
    ["as much as the pod may have", { type: "Pod", max: { memory: "1Gi" } }, memory("1024Mi")],
    [
      "no limit, where a container's is bounded: it is the default",
      { type: "Container", max: { memory: "1Gi" } },
      undefined,
    ],
    ["a bound that is no quantity", { type: "Pod", max: { memory: "much" } }, undefined],
    [
      "limits of the pod as a whole",
      { type: "Pod", max: { memory: "1Gi" } },
      undefined,
      { resources: memory("1Gi") },
    ],
    ["of claims", { type: "PersistentVolumeClaim", max: { storage: "1Gi" } }, undefined],
  ])("allowed: %s", async (_, limit, resources, pod) => {
    expect(await refused(limit, resources, pod)).toEqual([]);
  });
});

describe("PodDisruptionBudgets", () => {
  const budget = (spec: Manifest) => object("policy/v1/PodDisruptionBudget", { spec });
  const selector = { matchLabels: {} };

  test.each<[Manifest, RelatedEffect]>([
    [
      { minAvailable: 2, selector },
      { is: "disruption-budget", field: "spec.minAvailable", value: 2 },
    ],
    [
      { maxUnavailable: "0%", selector },
      { is: "disruption-budget", field: "spec.maxUnavailable", value: "0%" },
    ],
  ])("%j", async (spec, expected) => {
    expect(await effects(budget(spec))).toEqual([expected]);
  });

  test.each<[string, Manifest]>([
    ["no selector", { minAvailable: 2 }],
    ["the pods of another", { minAvailable: 2, selector: { matchLabels: { app: "other" } } }],
    ["no limit", { selector }],
    ["a limit of another form", { minAvailable: {}, selector }],
  ])("without effect: %s", async (_, spec) => {
    expect(await effects(budget(spec))).toEqual([]);
  });
});

describe("objects that no rule judges are counted", () => {
  const unjudged = async (...objects: readonly Manifest[]) =>
    (await read(WEB, ...objects)).unjudgedObjects.map(({ kind, count }) => `${kind} ${count}`);

  test.each<[string, Manifest]>([
    ["networking.istio.io/EnvoyFilter", object("networking.istio.io/v1alpha3/EnvoyFilter", {})],
    ["networking.istio.io/Sidecar", object("networking.istio.io/v1/Sidecar", {})],
    ["extensions.istio.io/WasmPlugin", object("extensions.istio.io/v1alpha1/WasmPlugin", {})],
    ["Binding", object("v1/Binding", { target: { name: "node-1" } })],
    ["policy/Eviction", object("policy/v1/Eviction", {})],
    ["scheduling.k8s.io/PriorityClass", object("scheduling.k8s.io/v1/PriorityClass", { value: 9 })],
    ["node.k8s.io/RuntimeClass", object("node.k8s.io/v1/RuntimeClass", { handler: "x" })],
    [
      "autoscaling.k8s.io/VerticalPodAutoscaler",
      object("autoscaling.k8s.io/v1/VerticalPodAutoscaler", { spec: {} }),
    ],
    [
      "kustomize.toolkit.fluxcd.io/Kustomization",
      object("kustomize.toolkit.fluxcd.io/v1/Kustomization", { spec: { patches: [{ patch: "x" }] } }),
    ],
    [
      "argoproj.io/Application",
      object("argoproj.io/v1alpha1/Application", {
        spec: { source: { path: "x", kustomize: { patches: [] } } },
      }),
    ],
    [
      "argoproj.io/Application",
      object(
        "argoproj.io/v1alpha1/Application",
        { spec: { source: { path: "x" } } },
        { annotations: { "argocd-image-updater.argoproj.io/image-list": "web=registry.example.org/web" } },
      ),
    ],
    ["kbld.k14s.io/Config", object("kbld.k14s.io/v1alpha1/Config", { overrides: [] })],
    ["kapp.k14s.io/Config", object("kapp.k14s.io/v1alpha1/Config", { rebaseRules: [{}] })],
    [
      "snapshot.storage.k8s.io/VolumeSnapshotContent",
      object("snapshot.storage.k8s.io/v1/VolumeSnapshotContent", {
        spec: { source: { snapshotHandle: "x" } },
      }),
    ],
    [
      "groupsnapshot.storage.k8s.io/VolumeGroupSnapshotContent",
      object("groupsnapshot.storage.k8s.io/v1/VolumeGroupSnapshotContent", {
        spec: { source: { groupSnapshotHandles: {} } },
      }),
    ],
    ["PodGroup", object("v1/PodGroup", {})],
    ...["Mutating", "Validating"].map((one): [string, Manifest] => [
      `admissionregistration.k8s.io/${one}WebhookConfiguration`,
      object(`admissionregistration.k8s.io/v1/${one}WebhookConfiguration`, {
        webhooks: [{ clientConfig: { service: { name: "web", namespace: "ops" } }, rules: [] }],
      }),
    ]),
    [
      "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
      object("admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy", { spec: {} }),
    ],
    [
      "apiextensions.k8s.io/CustomResourceDefinition",
      object("apiextensions.k8s.io/v1/CustomResourceDefinition", {
        spec: {
          conversion: {
            strategy: "Webhook",
            webhook: { clientConfig: { service: { name: "web", namespace: "ops" } } },
          },
        },
      }),
    ],
    [
      "apiregistration.k8s.io/APIService",
      object("apiregistration.k8s.io/v1/APIService", {
        spec: { group: "metrics.example.org", service: { name: "web", namespace: "ops" } },
      }),
    ],
    [
      "apiregistration.k8s.io/APIService",
      object("apiregistration.k8s.io/v1/APIService", { spec: { group: "apps" } }),
    ],
    ["kyverno.io/ClusterPolicy", kyverno({ match: kinds("ConfigMap"), mutate: HOST })],
  ])("%s", async (kind, one) => {
    expect(await unjudged(one, one)).toEqual([`${kind} 2`]);
  });

  test.each<[string, Manifest]>([
    [
      "a VPA that only recommends",
      object("autoscaling.k8s.io/v1/VerticalPodAutoscaler", {
        spec: { updatePolicy: { updateMode: "Off" } },
      }),
    ],
    [
      "a Kustomization without patches",
      object("kustomize.toolkit.fluxcd.io/v1/Kustomization", { spec: { path: "./x" } }),
    ],
    [
      "an Application of a folder",
      object("argoproj.io/v1alpha1/Application", { spec: { source: { path: "x" } } }),
    ],
    ["a Role of its own", object("rbac.authorization.k8s.io/v1/Role", { rules: [] })],
    ["a Service", object("v1/Service", { spec: {} })],
    ["an HPA", object("autoscaling/v2/HorizontalPodAutoscaler", { spec: {} })],
    ["a PodDisruptionBudget", object("policy/v1/PodDisruptionBudget", { spec: {} })],
    [
      "a webhook outside the cluster",
      object("admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration", {
        webhooks: [{ clientConfig: { url: "https://example.org" } }],
      }),
    ],
    [
      "a kind of its own without a conversion",
      object("apiextensions.k8s.io/v1/CustomResourceDefinition", {
        spec: { conversion: { strategy: "None" } },
      }),
    ],
    ["an Ingress", object("networking.k8s.io/v1/Ingress", { spec: {} })],
    [
      "a snapshot of its own claim",
      object("snapshot.storage.k8s.io/v1/VolumeSnapshot", {
        spec: { source: { persistentVolumeClaimName: "x" } },
      }),
    ],
    [
      "the content that a driver made",
      object("snapshot.storage.k8s.io/v1/VolumeSnapshotContent", { spec: { source: { volumeHandle: "x" } } }),
    ],
    ["kapp without rules", object("kapp.k14s.io/v1alpha1/Config", { rebaseRules: [] })],
  ])("not %s", async (_name, one) => {
    expect(await unjudged(one)).toEqual([]);
  });
});

describe("Services", () => {
  const LABELS = { "app.kubernetes.io/name": "web" };
  const service = (spec: Manifest, metadata: Manifest = {}) =>
    object("v1/Service", { spec }, { namespace: "aides", ...metadata });
  const named = (targetPort: unknown, more: Manifest = {}) =>
    service({ selector: LABELS, ports: [{ port: 80, targetPort, ...more }] });

  test.each<[string, Manifest]>([
    ["a name that no container has", named("admin")],
    ["a name under another protocol", named("http", { protocol: "UDP" })],
  ])("%s is missing", async (_name, one) => {
    const [effect] = await effects(one);
    expect(effect).toMatchObject({ is: "service" });
  });

  test.each<[string, Manifest]>([
    ["a name that the container has", named("http")],
    ["a number", named(9999)],
    ["no target", named(undefined)],
    [
      "a selector of other pods",
      service({ selector: { app: "other" }, ports: [{ port: 80, targetPort: "admin" }] }),
    ],
    ["no selector", service({ ports: [{ port: 80, targetPort: "admin" }] })],
    [
      "a headless Service",
      service({ clusterIP: "None", selector: LABELS, ports: [{ port: 80, targetPort: "admin" }] }),
    ],
    [
      "another namespace",
      service({ selector: LABELS, ports: [{ port: 80, targetPort: "admin" }] }, { namespace: "other" }),
    ],
    ["nothing", object("v1/Service", {}, { namespace: "aides" })],
  ])("%s is none", async (_name, one) => {
    expect(await effects(one)).toEqual([]);
  });

  test("a name that another workload has, which the Service calls, too, and that of a sidecar", async () => {
    const other = podSpec({
      containers: [{ name: "a", image: "a:1.0.0", ports: [{ name: "admin", containerPort: 9 }] }],
    });
    expect(await effects(deployment({ name: "web", pod: other }), named("admin"))).toEqual([]);
    const sidecar = {
      name: "p",
      image: "p:1.0.0",
      restartPolicy: "Always",
      ports: [{ name: "admin", containerPort: 9 }],
    };
    expect(
      await effects(deployment({ pod: podSpec({ initContainers: [sidecar] }) }), named("admin")),
    ).toEqual([]);
  });
});

describe("addresses that objects fix", () => {
  const within = (type: string, fields: Manifest, metadata: Manifest = {}) =>
    object(type, fields, { namespace: "aides", ...metadata });
  const LIVE = { uid: "0b9c1a52-7c43-4d5e-9f0a-1b2c3d4e5f60", resourceVersion: "7" };

  test.each<[string, Manifest, string]>([
    [
      "Endpoints",
      within("v1/Endpoints", { subsets: [{ addresses: [{ ip: "10.1.2.3" }] }] }),
      "subsets[0].addresses[0].ip",
    ],
    [
      "an EndpointSlice",
      within("discovery.k8s.io/v1/EndpointSlice", { endpoints: [{ addresses: ["10.1.2.3"] }] }),
      "endpoints[0].addresses[0]",
    ],
    [
      "an ExternalName",
      within("v1/Service", { spec: { type: "ExternalName", externalName: "10.1.2.3" } }),
      "spec.externalName",
    ],
    ["a clusterIP", within("v1/Service", { spec: { clusterIP: "10.1.2.3" } }), "spec.clusterIP"],
    ["externalIPs", within("v1/Service", { spec: { externalIPs: ["10.1.2.3"] } }), "spec.externalIPs[0]"],
    [
      "a loadBalancerIP",
      within("v1/Service", { spec: { loadBalancerIP: "10.1.2.3" } }),
      "spec.loadBalancerIP",
    ],
    [
      "Endpoints that name a pod, of no cluster",
      within("v1/Endpoints", { subsets: [{ addresses: [{ ip: "10.1.2.3", targetRef: { kind: "Pod" } }] }] }),
      "subsets[0].addresses[0].ip",
    ],
    [
      "an EndpointSlice with a controller's label, of no cluster",
      within(
        "discovery.k8s.io/v1/EndpointSlice",
        { endpoints: [{ addresses: ["10.1.2.3"] }] },
        { labels: { "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io" } },
      ),
      "endpoints[0].addresses[0]",
    ],
    [
      "a clusterIP with a uid, which an API server ignores",
      within("v1/Service", { spec: { clusterIP: "10.1.2.3" } }, { uid: LIVE.uid }),
      "spec.clusterIP",
    ],
    ["clusterIPs", within("v1/Service", { spec: { clusterIPs: ["10.1.2.3"] } }), "spec.clusterIPs[0]"],
    [
      "Endpoints that are not ready",
      within("v1/Endpoints", { subsets: [{ notReadyAddresses: [{ ip: "10.1.2.3" }] }] }),
      "subsets[0].notReadyAddresses[0].ip",
    ],
    [
      "a ServiceEntry",
      within("networking.istio.io/v1/ServiceEntry", { spec: { endpoints: [{}, { address: "10.1.2.3" }] } }),
      "spec.endpoints[1].address",
    ],
    [
      "a ServiceEntry's own",
      within("networking.istio.io/v1/ServiceEntry", { spec: { addresses: ["10.1.2.3"] } }),
      "spec.addresses[0]",
    ],
    [
      "a WorkloadEntry",
      within("networking.istio.io/v1/WorkloadEntry", { spec: { address: "10.1.2.3" } }),
      "spec.address",
    ],
    [
      "a Backend",
      within("gateway.envoyproxy.io/v1alpha1/Backend", {
        spec: { endpoints: [{ ip: { address: "10.1.2.3" } }] },
      }),
      "spec.endpoints[0].ip.address",
    ],
    [
      "a Gateway",
      within("gateway.networking.k8s.io/v1/Gateway", { spec: { addresses: [{ value: "10.1.2.3" }] } }),
      "spec.addresses[0].value",
    ],
    [
      "a DNSEndpoint",
      within("externaldns.k8s.io/v1alpha1/DNSEndpoint", { spec: { endpoints: [{ targets: ["10.1.2.3"] }] } }),
      "spec.endpoints[0].targets[0]",
    ],
    [
      "an ExternalWorkload",
      within("workload.linkerd.io/v1beta1/ExternalWorkload", { spec: { workloadIPs: [{ ip: "10.1.2.3" }] } }),
      "spec.workloadIPs[0].ip",
    ],
  ])("%s", async (_name, one, field) => {
    expect(await effects(one)).toEqual([{ is: "address", field, address: "10.1.2.3" }]);
  });

  test("a name with digits is left to the rule; the first of clusterIPs is clusterIP itself", async () => {
    const name = within("v1/Service", { spec: { type: "ExternalName", externalName: "10-1-2-3.sslip.io" } });
    expect(await effects(name)).toEqual([
      { is: "address", field: "spec.externalName", address: "10-1-2-3.sslip.io" },
    ]);
    const both = within("v1/Service", {
      spec: { clusterIP: "10.1.2.3", clusterIPs: ["10.1.2.3", "fd00::3"] },
    });
    expect((await effects(both)).map((one) => (one.is === "address" ? one.field : one.is))).toEqual([
      "spec.clusterIP",
      "spec.clusterIPs[1]",
    ]);
  });

  test.each<[string, Manifest]>([
    [
      "Endpoints of pods",
      within(
        "v1/Endpoints",
        { subsets: [{ addresses: [{ ip: "10.1.2.3", targetRef: { kind: "Pod" } }] }] },
        LIVE,
      ),
    ],
    [
      "an EndpointSlice of pods",
      within(
        "discovery.k8s.io/v1/EndpointSlice",
        { endpoints: [{ addresses: ["10.1.2.3"], targetRef: {} }] },
        LIVE,
      ),
    ],
    [
      "an EndpointSlice of the cluster's",
      within(
        "discovery.k8s.io/v1/EndpointSlice",
        { endpoints: [{ addresses: ["10.1.2.3"] }] },
        { labels: { "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io" }, ...LIVE },
      ),
    ],
    [
      "one with names",
      within("discovery.k8s.io/v1/EndpointSlice", { endpoints: [{ addresses: ["db.example.org"] }, {}] }),
    ],
    [
      "an ExternalName that is a name",
      within("v1/Service", { spec: { type: "ExternalName", externalName: "db.example.org" } }),
    ],
    ["what is no address", within("v1/Endpoints", { subsets: [{ addresses: [{ ip: "not/1.2" }] }] })],
    [
      "a name that is too long",
      within("v1/Endpoints", { subsets: [{ addresses: [{ ip: "1".repeat(254) }] }] }),
    ],
    [
      "a range of a ServiceEntry",
      within("networking.istio.io/v1/ServiceEntry", { spec: { addresses: ["10.0.0.0/8"] } }),
    ],
    ["clusterIP: None", within("v1/Service", { spec: { clusterIP: "None" } })],
    ["a clusterIP that the cluster wrote", within("v1/Service", { spec: { clusterIP: "10.1.2.3" } }, LIVE)],
    [
      "those of another namespace",
      within("v1/Endpoints", { subsets: [{ addresses: [{ ip: "10.1.2.3" }] }] }, { namespace: "other" }),
    ],
    [
      "those of another workload's Service",
      within("v1/Service", { spec: { selector: { app: "other" }, clusterIP: "10.1.2.3" } }),
    ],
  ])("not %s", async (_name, one) => {
    expect(await effects(one)).toEqual([]);
  });
});

describe("subjects that are no team and no account", () => {
  const RBAC = "rbac.authorization.k8s.io/v1";
  const given = (name: string, kind = "RoleBinding") =>
    effects(
      object(
        `${RBAC}/${kind}`,
        {
          roleRef: { kind: "ClusterRole", name: "edit" },
          subjects: [{ kind: "Group", name }],
        },
        kind === "RoleBinding" ? { namespace: "aides" } : {},
      ),
    );

  test.each(["system:nodes", "system:serviceaccounts", "system:authenticated", "system:unauthenticated"])(
    "%s is named with the rights in the own namespace",
    async (openTo) => {
      expect(await given(openTo)).toMatchObject([{ is: "rights", scope: "namespace", openTo }]);
    },
  );

  test("trap: a team, the namespace's own accounts, and the nodes' rights over the cluster", async () => {
    expect(await given("team-shop")).toEqual([]);
    const [own] = await given("system:serviceaccounts:aides");
    expect(own).not.toHaveProperty("openTo");
    expect(await given("system:nodes", "ClusterRoleBinding")).toEqual([]);
  });
});

describe("autoscalers", () => {
  const target = { apiVersion: "apps/v1", kind: "Deployment", name: "web" };
  const hpa = (spec: Manifest, metadata: Manifest = {}) =>
    object("autoscaling/v2/HorizontalPodAutoscaler", { spec: { scaleTargetRef: target, ...spec } }, metadata);
  const keda = (spec: Manifest) =>
    object("keda.sh/v1alpha1/ScaledObject", { spec: { scaleTargetRef: { name: "web" }, ...spec } });

  test.each<[string, Manifest, object]>([
    ["a minimum", hpa({ minReplicas: 2, maxReplicas: 3 }), { minimum: 2, maximum: 3 }],
    ["the default minimum", hpa({ maxReplicas: 3 }), { minimum: 1, maximum: 3 }],
    ["no maximum", hpa({ minReplicas: 2 }), { minimum: 2, maximum: 2 }],
    ["KEDA's minimum", keda({ minReplicaCount: 3 }), { minimum: 3, maximum: 100 }],
    ["KEDA's defaults", keda({}), { minimum: 0, maximum: 100 }],
    [
      "one that is perhaps not applied",
      hpa({ minReplicas: 2, maxReplicas: 3 }, { annotations: { "helm.sh/hook": "test" } }),
      { minimum: 0, maximum: 3 },
    ],
  ])("%s counts", async (_name, one, expected) => {
    expect(await effects(one)).toEqual([{ is: "scaling", ...expected }]);
  });

  test.each<[string, Manifest]>([
    ["one replica", hpa({ maxReplicas: 1 })],
    ["KEDA's one replica", keda({ maxReplicaCount: 1 })],
    ["another workload", hpa({ minReplicas: 2, scaleTargetRef: { ...target, name: "api" } })],
    ["another kind", hpa({ minReplicas: 2, scaleTargetRef: { ...target, kind: "StatefulSet" } })],
    ["another group", hpa({ minReplicas: 2, scaleTargetRef: { ...target, apiVersion: "x.org/v1" } })],
    ["no target", hpa({ minReplicas: 2, scaleTargetRef: {} })],
    ["no spec", object("autoscaling/v2/HorizontalPodAutoscaler", {})],
  ])("trap: %s does not", async (_name, one) => {
    expect(await effects(one)).toEqual([]);
  });
});
