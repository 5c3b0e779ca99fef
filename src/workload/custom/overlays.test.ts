import { expect, test } from "vitest";
import { container, deployment, type Manifest, podSpec, yaml } from "../../../test/fixtures/manifests.ts";
import { readStream } from "../documents.ts";

const NAME = "web";
const POD = podSpec({ containers: [container({ name: NAME })] });
const TEMPLATE = { metadata: { labels: { app: "web" } }, spec: POD };
const CRIO = { "io.kubernetes.cri-o.Devices": "/dev/mem" };

function custom(type: string, spec: Manifest): Manifest {
  const at = type.lastIndexOf("/");
  return {
    apiVersion: type.slice(0, at),
    kind: type.slice(at + 1),
    metadata: { name: "web", namespace: "shop" },
    spec,
  };
}

function rollout(strategy: Manifest, more: Manifest = {}): Manifest {
  return custom("argoproj.io/v1alpha1/Rollout", { replicas: 2, strategy, template: TEMPLATE, ...more });
}

function united(subset: Manifest): Manifest {
  return custom("apps.kruise.io/v1alpha1/UnitedDeployment", {
    template: { deploymentTemplate: { metadata: { labels: { app: "web" } }, spec: { template: TEMPLATE } } },
    topology: { subsets: [{ name: "a", ...subset }] },
  });
}

function config(more: Manifest): Manifest {
  return custom("apps.openshift.io/v1/DeploymentConfig", { replicas: 2, template: TEMPLATE, ...more });
}

function imageChange(params: Manifest): Manifest {
  return config({ triggers: [{ type: "ConfigChange" }, { type: "ImageChange", imageChangeParams: params }] });
}

function wrapped(info: Manifest): Manifest {
  return custom("workload.codeflare.dev/v1beta2/AppWrapper", {
    components: [{ podSetInfos: [info], template: deployment() }],
  });
}

/** Fields named as overlays of every workload, or of an object without any; undefined if there are none. */
function named(manifest: Manifest): string | undefined {
  const found = [...readStream({ file: "all.yaml", text: yaml(manifest) })];
  const workloads = found.flatMap((one) => (one.kind === "workload" ? [one.facts.overlays] : []));
  const paths = new Set(workloads.map((one) => one?.paths.join(", ")));
  expect(paths.size).toBeLessThanOrEqual(1);
  const messages = found.flatMap((one) => (one.kind === "skipped" ? [one.skipped.message.en] : []));
  return [...paths][0] ?? /may change pods .*? \((.*?)\)\. Hand/.exec(messages.join("\n"))?.[1];
}

function term(key: string, values: readonly string[]): Manifest {
  return { nodeSelectorTerm: { matchExpressions: [{ key, operator: "In", values }] } };
}

test.each<[string, Manifest, string]>([
  [
    "a template that Knative completes",
    custom("serving.knative.dev/v1/Service", { template: TEMPLATE }),
    "spec.template",
  ],
  [
    "a template that Kubeflow completes",
    custom("kubeflow.org/v1/Notebook", { template: { spec: POD } }),
    "spec.template",
  ],
  [
    "Argo's canaryMetadata",
    rollout({ canary: { canaryMetadata: { annotations: CRIO } } }),
    'spec.strategy.canary.canaryMetadata.annotations["io.kubernetes.cri-o.Devices"]',
  ],
  [
    "Argo's activeMetadata, a label",
    rollout({ blueGreen: { activeMetadata: { labels: { "sidecar.istio.io/inject": "true" } } } }),
    'spec.strategy.blueGreen.activeMetadata.labels["sidecar.istio.io/inject"]',
  ],
  [
    "metadata of an experiment's template",
    rollout({
      canary: {
        steps: [
          { experiment: { templates: [{ metadata: { annotations: { "dapr.io/enabled": "true" } } }] } },
        ],
      },
    }),
    'spec.strategy.canary.steps[0].experiment.templates[0].metadata.annotations["dapr.io/enabled"]',
  ],
  [
    "further network interfaces",
    rollout({ canary: { stableMetadata: { annotations: { "k8s.v1.cni.cncf.io/networks": "host" } } } }),
    'spec.strategy.canary.stableMetadata.annotations["k8s.v1.cni.cncf.io/networks"]',
  ],
  [
    "no AppArmor",
    united({
      patch: {
        metadata: { annotations: { "container.apparmor.security.beta.kubernetes.io/web": "unconfined" } },
      },
    }),
    'spec.topology.subsets[0].patch.metadata.annotations["container.apparmor.security.beta.kubernetes.io/web"]',
  ],
  [
    "Kruise's metadata for the template of a workload elsewhere",
    custom("rollouts.kruise.io/v1beta1/Rollout", {
      strategy: { canary: { patchPodTemplateMetadata: { annotations: CRIO } } },
    }),
    'spec.strategy.canary.patchPodTemplateMetadata.annotations["io.kubernetes.cri-o.Devices"]',
  ],
  [
    "a patch of the node's namespaces",
    united({ patch: { spec: { hostNetwork: true, hostPID: true } } }),
    "spec.topology.subsets[0].patch.spec.hostNetwork, spec.topology.subsets[0].patch.spec.hostPID",
  ],
  [
    "a patch of volumes",
    united({ patch: { spec: { volumes: [{ name: "h", hostPath: { path: "/" } }] } } }),
    "spec.topology.subsets[0].patch.spec.volumes",
  ],
  ["a patch as text", united({ patch: "spec: {}" }), "spec.topology.subsets[0].patch"],
  [
    "nodes of another architecture",
    united(term("kubernetes.io/arch", ["arm64"])),
    "spec.topology.subsets[0].nodeSelectorTerm.matchExpressions[0].key",
  ],
  [
    "nodes of another system",
    united({ patch: { spec: { nodeSelector: { "kubernetes.io/os": "windows" } } } }),
    'spec.topology.subsets[0].patch.spec.nodeSelector["kubernetes.io/os"]',
  ],
  [
    "an ImageChange trigger",
    imageChange({ automatic: true, containerNames: [NAME] }),
    "spec.triggers[1].imageChangeParams",
  ],
  [
    "an ImageChange trigger for every container",
    imageChange({ automatic: true }),
    "spec.triggers[1].imageChangeParams",
  ],
  [
    "a hook that starts a pod",
    config({ strategy: { rollingParams: { pre: { execNewPod: { command: ["sh"] } } } } }),
    "spec.strategy.rollingParams.pre.execNewPod",
  ],
  [
    "annotations for a wrapped Deployment",
    wrapped({ annotations: CRIO }),
    'spec.components[0].podSetInfos[0].annotations["io.kubernetes.cri-o.Devices"]',
  ],
])("named: %s", (_, manifest, expected) => {
  expect(named(manifest)).toBe(expected);
});

test.each<[string, Manifest]>([
  ["a Rollout with steps", rollout({ canary: { steps: [{ setWeight: 20 }] } })],
  [
    "a label without effect",
    rollout({ canary: { canaryMetadata: { labels: { role: "canary" }, annotations: { team: "a" } } } }),
  ],
  [
    "an injection that is refused",
    rollout({ canary: { canaryMetadata: { annotations: { "sidecar.istio.io/inject": "false" } } } }),
  ],
  ["a patch of a label", united({ patch: { metadata: { labels: { subset: "a" } } } })],
  ["a patch that changes nothing", united({ patch: { spec: { hostNetwork: false, volumes: [] } } })],
  ["an empty patch", united({ patch: "" })],
  ["a zone", united(term("topology.kubernetes.io/zone", ["a"]))],
  ["nodes of Linux", united(term("kubernetes.io/os", ["linux"]))],
  ["an ImageChange trigger of another container", imageChange({ automatic: true, containerNames: ["b"] })],
  ["an ImageChange trigger that is off", imageChange({ automatic: false, containerNames: [NAME] })],
  ["a wrapped Deployment", wrapped({ annotations: { team: "a" } })],
  [
    "an object of Kubernetes' own kinds beside a wrapped workload",
    custom("work.open-cluster-management.io/v1/ManifestWork", {
      workload: {
        manifests: [
          deployment(),
          {
            apiVersion: "v1",
            kind: "ServiceAccount",
            metadata: { name: "web" },
            automountServiceAccountToken: true,
          },
        ],
      },
    }),
  ],
  [
    "marks of the template itself, which rules judge",
    rollout({}, { template: { ...TEMPLATE, metadata: { annotations: CRIO } } }),
  ],
  ["a route", custom("traefik.io/v1alpha1/Middleware", { headers: { annotations: CRIO } })],
])("not named: %s", (_, manifest) => {
  expect(named(manifest)).toBeUndefined();
});

test.each<[string, Manifest, boolean | undefined]>([
  ["a kind that nobody knows", custom("x.example.com/v1/Whatever", { template: TEMPLATE }), true],
  ["Agones' Fleet", custom("agones.dev/v1/Fleet", { template: { spec: { template: TEMPLATE } } }), undefined],
  ["Ray's head", custom("ray.io/v1/RayCluster", { headGroupSpec: { template: TEMPLATE } }), undefined],
  [
    "an unknown kind with a field that changes the pods",
    custom("x.example.com/v1/Whatever", { template: TEMPLATE, patch: "hostPID" }),
    undefined,
  ],
])("templates that a controller completes, or may: %s", (_, manifest, isUnknown) => {
  const [found] = [...readStream({ file: "a.yaml", text: yaml(manifest) })];
  const overlays = found?.kind === "workload" ? found.facts.overlays : undefined;
  expect(overlays?.paths[0]).toMatch(/template/);
  expect(overlays?.isUnknown).toBe(isUnknown);
});

test.each<[string, Manifest]>([
  ["OpenKruise's CloneSet", custom("apps.kruise.io/v1alpha1/CloneSet", { template: TEMPLATE })],
  ["KEDA's ScaledJob", custom("keda.sh/v1alpha1/ScaledJob", { jobTargetRef: { template: TEMPLATE } })],
  [
    "JobSet",
    custom("jobset.x-k8s.io/v1alpha2/JobSet", {
      replicatedJobs: [{ template: { spec: { template: TEMPLATE } } }],
    }),
  ],
  [
    "a whole Deployment in an object that nobody knows",
    custom("x.example.com/v1/Whatever", { manifest: deployment({ name: NAME }) }),
  ],
])("templates of which the pods are made as they are: %s", (_, manifest) => {
  const [found] = [...readStream({ file: "a.yaml", text: yaml(manifest) })];
  expect(found?.kind === "workload" ? found.facts.overlays : null).toBeUndefined();
});

const VELA = "core.oam.dev/v1beta1/Application";
const vela = (trait: object) =>
  custom(VELA, {
    components: [
      { type: "k8s-objects", properties: { objects: [deployment({ name: NAME })] }, traits: [trait] },
    ],
  });
const operation = (path: string) =>
  custom("x.example.com/v1/Whatever", {
    manifest: deployment({ name: NAME }),
    patches: [{ op: "replace", path, value: "x" }],
  });

test.each<[string, Manifest, boolean]>([
  ["a trait of KubeVela", vela({ type: "json-patch", properties: {} }), true],
  ["a trait of KubeVela that adds a route", vela({ type: "gateway", properties: {} }), false],
  ["a JSON patch of the image", operation("/spec/template/spec/containers/0/image"), true],
  ["a JSON patch of all", operation("/spec"), true],
  ["a JSON patch of the replicas", operation("/spec/replicas"), false],
])("a whole Deployment in another object, beside %s", (_, manifest, changes) => {
  const [found] = [...readStream({ file: "a.yaml", text: yaml(manifest) })];
  expect(found?.kind === "workload" && found.facts.overlays !== undefined).toBe(changes);
});
