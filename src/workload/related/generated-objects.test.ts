import { describe, expect, test } from "vitest";
import { deployment, type Manifest, podSpec, yaml } from "../../../test/fixtures/manifests.ts";
import { readWorkloads } from "../read-workloads.ts";

async function created(one: Manifest, pod: Manifest = {}): Promise<readonly string[]> {
  const text = [deployment({ pod: podSpec(pod) }), one].map((each) => yaml(each)).join("---\n");
  async function* stdin() {
    yield Buffer.from(text);
  }
  const { workloads } = await readWorkloads(["-"], { cwd: "/", stdin: stdin() });
  return (workloads[0]?.facts.related ?? []).flatMap(({ effect }) =>
    effect.is === "mutation" ? [effect.creates === true ? "creates" : "changes"] : [],
  );
}

function object(apiVersion: string, kind: string, spec: Manifest): Manifest {
  return { apiVersion, kind, metadata: { name: "it" }, spec };
}

function generating(generate: Manifest, more: Manifest = {}): Manifest {
  const rules = [
    { name: "it", match: { any: [{ resources: { kinds: ["Namespace"] } }] }, generate, ...more },
  ];
  return object("kyverno.io/v1", "ClusterPolicy", { rules });
}

const IN_PLACE = { name: "it", namespace: "aides" };
const MAPS: Manifest = { volumes: [{ name: "tmp", configMap: { name: "settings" } }] };

describe("policies that create objects which bear on the pods", () => {
  test.each<[string, Manifest]>([
    ["a LimitRange", generating({ kind: "LimitRange", ...IN_PLACE })],
    ["a ClusterRoleBinding", generating({ kind: "ClusterRoleBinding", name: "it" })],
    ["a RoleBinding elsewhere", generating({ kind: "RoleBinding", name: "it", namespace: "kube-system" })],
    ["a Deployment beside them", generating({ kind: "Deployment", ...IN_PLACE })],
    [
      "in every namespace",
      generating({ kind: "LimitRange", name: "it", namespace: "{{request.object.metadata.name}}" }),
    ],
    ["of a kind by a variable", generating({ kind: "{{ kind }}", ...IN_PLACE })],
    ["of no kind", generating({ data: {} })],
    ["by a list", generating({ namespace: "aides", cloneList: { kinds: ["v1/Secret", "v1/LimitRange"] } })],
    ["each of a list", generating({ foreach: [{ list: "x", kind: "LimitRange", ...IN_PLACE }] })],
    ["GeneratingPolicy", object("policies.kyverno.io/v1alpha1", "GeneratingPolicy", {})],
    ["Metacontroller", object("metacontroller.k8s.io/v1alpha1", "DecoratorController", {})],
  ])("%s", async (_name, one) => {
    expect(await created(one)).toEqual(["creates"]);
  });

  test("a ConfigMap or Secret that the pod gets", async () => {
    expect(await created(generating({ kind: "ConfigMap", ...IN_PLACE, name: "settings" }), MAPS)).toEqual([
      "creates",
    ]);
    expect(await created(generating({ kind: "Secret", ...IN_PLACE, name: "aides-db" }))).toEqual(["creates"]);
    expect(await created(generating({ kind: "Secret", ...IN_PLACE, name: "{{ x }}" }))).toEqual(["creates"]);
  });

  test("rules that change pods, too", async () => {
    const mutate = { patchStrategicMerge: { spec: { hostNetwork: true } } };
    const rule = { match: { any: [{ resources: { kinds: ["Pod"] } }] }, mutate };
    expect(await created(generating({ kind: "LimitRange", ...IN_PLACE }, rule))).toEqual(["changes"]);
    const elsewhere = { match: { any: [{ resources: { kinds: ["ConfigMap"] } }] }, mutate };
    expect(await created(generating({ kind: "LimitRange", ...IN_PLACE }, elsewhere))).toEqual(["changes"]);
  });
});

describe("policies that create others", () => {
  test.each<[string, Manifest]>([
    [
      "a Deployment whose containers it declares, which is named as not judged",
      generating({
        kind: "Deployment",
        ...IN_PLACE,
        data: { spec: { template: { spec: { containers: [{ name: "a", image: "a:1.0.0" }] } } } },
      }),
    ],
    ["a NetworkPolicy", generating({ kind: "NetworkPolicy", ...IN_PLACE })],
    ["a ResourceQuota", generating({ kind: "ResourceQuota", ...IN_PLACE })],
    ["a LimitRange of another namespace", generating({ kind: "LimitRange", name: "it", namespace: "ops" })],
    ["a Secret for pulling images", generating({ kind: "Secret", name: "registry", namespace: "aides" })],
    ["a ConfigMap that the pod does not get", generating({ kind: "ConfigMap", ...IN_PLACE, name: "other" })],
    [
      "NetworkPolicies by a list",
      generating({ namespace: "aides", cloneList: { kinds: ["networking.k8s.io/v1/NetworkPolicy"] } }),
    ],
  ])("%s", async (_name, one) => {
    expect(await created(one)).toEqual([]);
  });
});

describe("other engines that change pods", () => {
  const rules = [{ apiGroups: [""], apiVersions: ["v1"], resources: ["pods"], operations: ["CREATE"] }];

  test.each<[string, Manifest, readonly string[]]>([
    [
      "Kubewarden",
      object("policies.kubewarden.io/v1", "ClusterAdmissionPolicy", { mutating: true, rules }),
      ["changes"],
    ],
    [
      "Kubewarden that validates",
      object("policies.kubewarden.io/v1", "ClusterAdmissionPolicy", { mutating: false, rules }),
      [],
    ],
    [
      "Kubewarden of ConfigMaps",
      object("policies.kubewarden.io/v1", "ClusterAdmissionPolicy", {
        mutating: true,
        rules: [{ ...rules[0], resources: ["configmaps"] }],
      }),
      [],
    ],
    [
      "Karmada",
      object("policy.karmada.io/v1alpha1", "ClusterOverridePolicy", {
        resourceSelectors: [{ apiVersion: "apps/v1", kind: "Deployment" }],
      }),
      ["changes"],
    ],
    [
      "Karmada, whatever it selects",
      object("policy.karmada.io/v1alpha1", "ClusterOverridePolicy", {}),
      ["changes"],
    ],
    [
      "KubeFleet",
      object("placement.kubernetes-fleet.io/v1", "ResourceOverride", {
        resourceSelectors: [{ group: "apps", kind: "Deployment" }],
      }),
      ["changes"],
    ],
    [
      "KubeFleet of another kind",
      object("fleet.azure.com/v1alpha1", "ResourceOverride", { resourceSelectors: [{ kind: "Service" }] }),
      [],
    ],
    [
      "Karmada of another name",
      object("policy.karmada.io/v1alpha1", "ClusterOverridePolicy", {
        resourceSelectors: [{ kind: "Deployment", name: "other" }],
      }),
      [],
    ],
  ])("%s", async (_name, one, expected) => {
    expect(await created(one)).toEqual(expected);
  });
});
