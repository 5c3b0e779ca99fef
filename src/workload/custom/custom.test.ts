import { describe, expect, test } from "vitest";
import {
  container,
  deployment,
  job,
  type Manifest,
  pod,
  podSpec,
  yaml,
} from "../../../test/fixtures/manifests.ts";
import { checkedToken } from "../../../test/fixtures/secrets.ts";
import { LIMITS } from "../../contract/limits.ts";
import { type Found, readStream } from "../documents.ts";
import { holdsWorkload } from "./embedded.ts";

const POD = podSpec();
const TASK = podSpec({ restartPolicy: "Never" });
const { containers: CONTAINERS } = POD;
/** A container whose image a controller fills in. */
const PARTIAL = podSpec({ containers: [{ name: "main", resources: { limits: { memory: "1Gi" } } }] });

function object(apiVersion: string, kind: string, spec: unknown, more: Manifest = {}): Manifest {
  return { apiVersion, kind, metadata: { name: "own", namespace: "aides" }, spec, ...more };
}

function read(...manifests: readonly Manifest[]): readonly Found[] {
  return [...readStream({ file: "all.yaml", text: yaml(...manifests) })];
}

/** One line per result: the pod's path, or the message. */
function told(...manifests: readonly Manifest[]): readonly string[] {
  const starting = read(...manifests).filter(
    ({ kind }) => !["object", "related", "unknown-kind"].includes(kind),
  );
  return starting.map((found) => {
    if (found.kind === "workload") {
      const { kind, name, podPath, lifetime, invalid } = found.facts;
      return `${kind}/${name} ${podPath} ${lifetime}${invalid.length > 0 ? ` ${invalid[0]?.problem.en}` : ""}`;
    }
    return found.kind === "skipped" ? `${found.skipped.reason}: ${found.skipped.message.en}` : found.kind;
  });
}

/** The places that an object not judged is named with. */
function unjudged(manifest: Manifest): string | undefined {
  const [only, ...others] = told(manifest).filter((line) => line.startsWith("pods: "));
  expect(others).toEqual([]);
  return /is not judged \((.*?)\)/.exec(only ?? "")?.[1];
}

describe("a pod template at whatever depth is judged", () => {
  test.each([
    [
      "a JobSet",
      object("jobset.x-k8s.io/v1alpha2", "JobSet", {
        replicatedJobs: [{ name: "workers", replicas: 2, template: { spec: { template: { spec: TASK } } } }],
      }),
      ["JobSet/own spec.replicatedJobs[0].template.spec.template batch"],
    ],
    [
      "a JobSet of several jobs, by their names",
      object("jobset.x-k8s.io/v1alpha2", "JobSet", {
        replicatedJobs: ["leader", "workers"].map((name) => ({
          name,
          template: { spec: { template: { spec: TASK } } },
        })),
      }),
      [
        "JobSet/own/leader spec.replicatedJobs[0].template.spec.template batch",
        "JobSet/own/workers spec.replicatedJobs[1].template.spec.template batch",
      ],
    ],
    [
      "KEDA's ScaledJob",
      object("keda.sh/v1alpha1", "ScaledJob", { jobTargetRef: { template: { spec: TASK } } }),
      ["ScaledJob/own spec.jobTargetRef.template batch"],
    ],
    [
      "a Knative Service",
      object("serving.knative.dev/v1", "Service", { template: { spec: { containers: CONTAINERS } } }),
      ["Service/own spec.template long-running"],
    ],
    [
      "OpenKruise's CloneSet",
      object("apps.kruise.io/v1alpha1", "CloneSet", { replicas: 3, template: { spec: POD } }),
      ["CloneSet/own spec.template long-running"],
    ],
    [
      "OpenKruise's AdvancedCronJob",
      object("apps.kruise.io/v1alpha1", "AdvancedCronJob", {
        template: { jobTemplate: { spec: { template: { spec: podSpec({ restartPolicy: undefined }) } } } },
      }),
      ["AdvancedCronJob/own spec.template.jobTemplate.spec.template batch"],
    ],
    [
      "Volcano's Job, whose policy is set by its controller",
      object("batch.volcano.sh/v1alpha1", "Job", { tasks: [{ name: "mpi", template: { spec: POD } }] }),
      ["Job/own spec.tasks[0].template batch"],
    ],
    [
      "a RayCluster, head and workers",
      object("ray.io/v1", "RayCluster", {
        headGroupSpec: { template: { spec: POD } },
        workerGroupSpecs: [{ groupName: "a", template: { spec: POD } }],
      }),
      [
        "RayCluster/own/headGroupSpec spec.headGroupSpec.template long-running",
        "RayCluster/own/workerGroupSpecs[0] spec.workerGroupSpecs[0].template long-running",
      ],
    ],
    [
      "Flink's job manager, which is no job",
      object("flink.apache.org/v1beta1", "FlinkDeployment", { jobManager: { podTemplate: { spec: POD } } }),
      ["FlinkDeployment/own spec.jobManager.podTemplate long-running"],
    ],
    [
      "a pod's spec at the object's own",
      object("tools.example.fr/v1", "Runner", POD),
      ["Runner/own  long-running"],
    ],
    [
      "a group that is misspelled",
      object("app/v1", "Deployment", { template: { spec: POD } }),
      ["Deployment/own spec.template long-running"],
    ],
    [
      "an analysis of Argo Rollouts",
      object("argoproj.io/v1alpha1", "AnalysisTemplate", {
        metrics: [{ name: "charge", provider: { job: { spec: { template: { spec: TASK } } } } }],
      }),
      ["AnalysisTemplate/own spec.metrics[0].provider.job.spec.template batch"],
    ],
    [
      "a key that is no identifier",
      object("tools.example.fr/v1", "Runner", { "pod/template": { spec: POD } }),
      ['Runner/own spec["pod/template"] long-running'],
    ],
  ] as const)("%s", (_what, manifest, expected) => {
    expect(told(JSON.parse(JSON.stringify(manifest)) as Manifest)).toEqual(expected);
  });

  test("so is a whole workload that stands in an object, under its own name", () => {
    const within = object("work.open-cluster-management.io/v1", "ManifestWork", {
      workload: {
        manifests: [
          deployment({ name: "web" }),
          job({ name: "migrate" }),
          { apiVersion: "v1", kind: "Service" },
        ],
      },
    });
    expect(told(within)).toEqual([
      "Deployment/web spec.workload.manifests[0].spec.template long-running",
      "Job/migrate spec.workload.manifests[1].spec.template batch",
    ]);
  });

  test("what is invalid in it is named at its place", () => {
    const wrong = object("keda.sh/v1alpha1", "ScaledJob", {
      jobTargetRef: { template: { spec: podSpec({ hostNetwork: "yes" }) } },
    });
    expect(told(wrong)[0]).toContain("spec.jobTargetRef.template.spec.hostNetwork must be true or false");
  });

  test("in a list, from the item's place", () => {
    const list = {
      apiVersion: "v1",
      kind: "List",
      items: [object("keda.sh/v1alpha1", "ScaledJob", { jobTargetRef: { template: { spec: TASK } } })],
    };
    expect(read(list)).toMatchObject([
      { facts: { path: "items[0]", podPath: "items[0].spec.jobTargetRef.template", at: { line: 5 } } },
    ]);
  });
});

describe("what starts containers and does not say all about them is named", () => {
  test.each([
    [
      "an Argo Workflow",
      object("argoproj.io/v1alpha1", "Workflow", {
        templates: [{ name: "main", container: { image: "alpine:3.20", command: ["sh"] } }],
      }),
      "spec.templates[0].container.image",
    ],
    [
      "a CronWorkflow, its script and its sidecars",
      object("argoproj.io/v1alpha1", "CronWorkflow", {
        workflowSpec: {
          templates: [
            { script: { image: "python", source: "print()" }, sidecars: [{ image: "redis", args: [] }] },
          ],
        },
      }),
      "spec.workflowSpec.templates[0].script.image, spec.workflowSpec.templates[0].sidecars[0].image",
    ],
    [
      "a Tekton Task",
      object("tekton.dev/v1", "Task", {
        steps: [{ name: "build", image: "docker.io/library/node:22", script: "npm ci" }],
      }),
      "spec.steps[0].image",
    ],
    [
      "a Tekton Pipeline with a task in it",
      object("tekton.dev/v1", "Pipeline", {
        tasks: [
          { name: "a", taskSpec: { steps: [{ image: "$(params.image)", script: "x", command: ["a"] }] } },
        ],
      }),
      "spec.tasks[0].taskSpec.steps[0].image",
    ],
    [
      "a SparkApplication",
      object("sparkoperator.k8s.io/v1beta2", "SparkApplication", { image: "equipe/spark:3.5" }),
      "spec.image",
    ],
    [
      "a database of CloudNativePG by its image",
      object("postgresql.cnpg.io/v1", "Cluster", { imageName: "ghcr.io/cloudnative-pg/postgresql:16.4" }),
      "spec.imageName",
    ],
    [
      "a pool of CloudNativePG, completed by its controller",
      object("postgresql.cnpg.io/v1", "Pooler", { template: { spec: PARTIAL } }),
      "spec.template.spec.containers",
    ],
    [
      "the pods of Strimzi",
      object("kafka.strimzi.io/v1beta2", "Kafka", {
        kafka: { template: { pod: { securityContext: { runAsUser: 0 } } } },
      }),
      "spec.kafka.template.pod.securityContext",
    ],
    [
      "an image in parts",
      object("jaegertracing.io/v1", "Jaeger", { image: { repository: "jaeger", tag: "1.2.3" } }),
      "spec.image",
    ],
    [
      "a pod's spec without a template around it",
      object("tools.example.fr/v1", "Runner", { podSpec: POD }),
      "spec.podSpec.containers",
    ],
    [
      "sidecars for the pods of others",
      object("apps.kruise.io/v1alpha1", "SidecarSet", { containers: CONTAINERS }),
      "spec.containers",
    ],
    [
      "a Prometheus beside the containers that its operator adds",
      object("monitoring.coreos.com/v1", "Prometheus", { containers: CONTAINERS }),
      "spec.containers",
    ],
    [
      "a manifest in a ConfigMap",
      object("v1", "ConfigMap", undefined, { data: { "job.yaml": yaml(job()) } }),
      'data["job.yaml"]',
    ],
    [
      "one in JSON",
      object("v1", "ConfigMap", undefined, { data: { job: JSON.stringify(pod()) } }),
      "data.job",
    ],
    [
      "one that a step of a workflow applies",
      object("argoproj.io/v1alpha1", "Workflow", {
        templates: [{ name: "a", resource: { action: "create", manifest: yaml(job()) } }],
      }),
      "spec.templates[0].resource.manifest",
    ],
    [
      "a patch of Flux",
      object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", {
        path: "./apps",
        patches: [{ patch: yaml(deployment()) }],
      }),
      "spec.patches[0].patch",
    ],
  ] as const)("%s", (_what, manifest, places) => {
    expect(unjudged(JSON.parse(JSON.stringify(manifest)) as Manifest)).toBe(places);
  });

  test.each([
    [
      "Flux",
      object("helm.toolkit.fluxcd.io/v2", "HelmRelease", {
        chart: { spec: { chart: "web" } },
        values: { image: { tag: "1.2.3" } },
      }),
      "HelmRelease/own: the Helm chart web that this object deploys",
    ],
    [
      "Argo CD",
      object("argoproj.io/v1alpha1", "Application", {
        source: { repoURL: "https://charts.example.fr", chart: "web", helm: { values: "privileged: true" } },
      }),
      "Application/own: the Helm chart web that",
    ],
    [
      "Argo CD with values of its own for a chart in git",
      object("argoproj.io/v1alpha1", "Application", {
        sources: [{ ref: "values" }, { path: "charts/web", helm: { valuesObject: { a: 1 } } }],
      }),
      "the Helm chart charts/web that",
    ],
    [
      "K3s",
      object("helm.cattle.io/v1", "HelmChart", { valuesContent: "a: 1" }),
      "HelmChart/own: the Helm chart that",
    ],
    [
      "an ApplicationSet",
      object("argoproj.io/v1alpha1", "ApplicationSet", { template: { spec: { source: { chart: "web" } } } }),
      "ApplicationSet/own: the Helm chart web that",
    ],
  ])("a chart that %s deploys", (_what, manifest, expected) => {
    const [line, ...others] = told(manifest);
    expect(line).toContain(expected);
    expect(others).toEqual([]);
  });

  test("beside pods that are judged, without naming their images twice", () => {
    const csv = object("operators.coreos.com/v1alpha1", "ClusterServiceVersion", {
      install: { spec: { deployments: [{ name: "web", spec: { template: { spec: POD } } }] } },
      relatedImages: [{ image: container()["image"] }, { image: "registry.example/other:1.0.0" }],
    });
    expect(told(csv)).toEqual([
      "ClusterServiceVersion/own spec.install.spec.deployments[0].spec.template long-running",
      expect.stringMatching(/^pods: .*\(spec\.relatedImages\[1\]\.image\)/) as string,
    ]);
  });

  test("many places are counted, secrets in names masked", () => {
    const steps = Array.from({ length: 5 }, () => ({ image: "a:1" }));
    const task = object("tekton.dev/v1", "Task", { steps }, { metadata: { name: checkedToken("ghp_") } });
    const [line] = told(task);
    expect(line).toContain("spec.steps[2].image and 2 more)");
    expect(line).not.toContain(checkedToken("ghp_"));
  });

  test("more than a bound is a problem", () => {
    const steps = Array.from({ length: LIMITS.podsPerObject + 1 }, () => ({ image: "a:1" }));
    expect(read(object("tekton.dev/v1", "Task", { steps }), deployment())).toMatchObject([
      { kind: "problem", problem: { message: { en: expect.stringContaining("podsPerObject") as string } } },
      { kind: "workload" },
    ]);
  });

  test("nesting by aliases within a text is not followed: it is named", () => {
    const nest = (inner: string) => `${"{a: ".repeat(150)}${inner}${"}".repeat(150)}`;
    const levels = Array.from(
      { length: 3 },
      (_, index) => `l${index + 1}: &l${index + 1} ${nest(`*l${index}`)}`,
    );
    const text = `apiVersion: v1\nkind: Pod\n# containers\nl0: &l0 1\n${levels.join("\n")}\n`;
    expect(holdsWorkload(text)).toBe(true);
  });

  test("nesting by aliases is bounded, too", () => {
    const nest = (inner: string) => `${"{a: ".repeat(150)}${inner}${"}".repeat(150)}`;
    const text = `apiVersion: tools.example.fr/v1\nkind: Tool\none: &one ${nest("1")}\ntwo: ${nest("*one")}\n`;
    expect([...readStream({ file: "a.yaml", text })]).toMatchObject([
      { kind: "problem", problem: { message: { en: expect.stringContaining("yamlDepth") as string } } },
    ]);
  });
});

describe("what starts nothing is silent", () => {
  test.each([
    [
      "the schema of a custom resource, with an example in it",
      object("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
        versions: [
          {
            schema: {
              openAPIV3Schema: {
                default: { template: { spec: POD } },
                properties: { containers: { type: "array" } },
              },
            },
          },
        ],
      }),
    ],
    [
      "a policy of Kyverno",
      object("kyverno.io/v1", "ClusterPolicy", {
        rules: [{ validate: { pattern: { spec: { containers: [{ image: "registry.example/*" }] } } } }],
      }),
    ],
    [
      "a policy of the newer Kyverno",
      object("policies.kyverno.io/v1", "ImageValidatingPolicy", {
        matchImageReferences: [{ image: "a/b:c" }],
      }),
    ],
    [
      "a constraint of Gatekeeper",
      object("constraints.gatekeeper.sh/v1beta1", "K8sAllowedRepos", { parameters: { image: "a/b:c" } }),
    ],
    ["a Service", object("v1", "Service", { ports: [{ port: 80 }] })],
    [
      "an autoscaler",
      object("autoscaling/v2", "HorizontalPodAutoscaler", {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
      }),
    ],
    [
      "a vertical one",
      object("autoscaling.k8s.io/v1", "VerticalPodAutoscaler", {
        updatePolicy: { updateMode: "Off" },
        resourcePolicy: { containerPolicies: [{ containerName: "web" }] },
      }),
    ],
    [
      "a ScaledObject",
      object("keda.sh/v1alpha1", "ScaledObject", {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
      }),
    ],
    [
      "a repository of images that Flux watches",
      object("image.toolkit.fluxcd.io/v1beta2", "ImageRepository", { image: "ghcr.io/a/b" }),
    ],
    ["a chart that Flux fetches", object("source.toolkit.fluxcd.io/v1", "HelmChart", { chart: "web" })],
    [
      "an Application of a folder",
      object("argoproj.io/v1alpha1", "Application", {
        source: { repoURL: "https://git.example.fr/a", path: "apps/web" },
      }),
    ],
    ["a project of Argo CD", object("argoproj.io/v1alpha1", "AppProject", { sourceRepos: ["*"] })],
    [
      "a Kustomization of Flux without patches",
      object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", { path: "./apps" }),
    ],
    [
      "settings that name an image",
      object("v1", "ConfigMap", undefined, { data: { image: "nginx:1.27", IMAGE: "a/b:c" } }),
    ],
    [
      "a script that applies a manifest",
      object("v1", "ConfigMap", undefined, {
        data: { "run.sh": `cat <<EOF | kubectl apply -f -\n${yaml(pod())}\nEOF\necho "x: {" ` },
      }),
    ],
    [
      "a configuration in a ConfigMap",
      object("v1", "ConfigMap", undefined, {
        data: {
          "config.yaml":
            "apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\ncontainers: []\n",
        },
      }),
    ],
    [
      "a policy in a ConfigMap",
      object("v1", "ConfigMap", undefined, {
        data: { "a.yaml": yaml(object("kyverno.io/v1", "Policy", { pattern: { spec: POD } })) },
      }),
    ],
    [
      "an issuer of certificates",
      object("cert-manager.io/v1", "Issuer", {
        acme: {
          solvers: [
            { http01: { ingress: { podTemplate: { spec: { securityContext: { runAsNonRoot: true } } } } } },
          ],
        },
      }),
    ],
    [
      "Istio's choice of a proxy",
      object("networking.istio.io/v1beta1", "ProxyConfig", { image: { imageType: "distroless" } }),
    ],
    ["a picture", object("console.openshift.io/v1", "ConsoleLink", { image: "https://example.fr/logo.png" })],
    ["its file", object("portal.example.fr/v1", "Tile", { image: "logo.png", source: "a" })],
    ["the disk of a machine", object("machines.example.fr/v1", "Machine", { image: "ubuntu-22.04" })],
    [
      "storage that is called containers",
      object("storage.azure.com/v1", "Account", { containers: [{ name: "blobs" }] }),
    ],
    [
      "chaos by the names of containers",
      object("chaos-mesh.org/v1alpha1", "PodChaos", { containerNames: ["web"] }),
    ],
    [
      "machines of a cluster",
      object("infrastructure.cluster.x-k8s.io/v1beta1", "MachineTemplate", { image: "a/b:c" }),
    ],
    [
      "a build that never reaches a cluster",
      object("skaffold/v4beta11", "Config", undefined, { build: { artifacts: [{ image: "a/b" }] } }),
    ],
    [
      "a revision kept of a StatefulSet",
      object("apps/v1", "ControllerRevision", undefined, { data: { spec: { template: { spec: POD } } } }),
    ],
    [
      "the state of an object, and what was applied before",
      object(
        "tools.example.fr/v1",
        "Tool",
        {},
        {
          metadata: { name: "a", annotations: { last: JSON.stringify(pod()) } },
          status: { image: "a/b:c", template: { spec: POD } },
        },
      ),
    ],
    [
      "secrets of a store",
      object("external-secrets.io/v1", "ExternalSecret", { target: { template: { data: { image: "x" } } } }),
    ],
  ] as const)("%s", (_what, manifest) => {
    expect(told(JSON.parse(JSON.stringify(manifest)) as Manifest)).toEqual([]);
  });
});

/** Kinds reported as unknown. */
function unknown(manifest: Manifest): readonly string[] {
  return read(manifest).flatMap((found) => (found.kind === "unknown-kind" ? [found.objectKind] : []));
}

describe("a custom resource that names no image", () => {
  test.each([
    [
      "a virtual machine of KubeVirt",
      object("kubevirt.io/v1", "VirtualMachine", {
        runStrategy: "Always",
        template: {
          spec: {
            domain: { devices: { disks: [{ name: "root" }] } },
            volumes: [{ name: "root", dataVolume: { name: "debian" } }],
          },
        },
      }),
      "spec.runStrategy, spec.template.spec.domain",
    ],
    [
      "a database of CloudNativePG",
      object("postgresql.cnpg.io/v1", "Cluster", { instances: 3, storage: { size: "1Gi" } }),
      "spec.instances",
    ],
    [
      "Elasticsearch of ECK",
      object("elasticsearch.k8s.elastic.co/v1", "Elasticsearch", {
        version: "8.15.0",
        nodeSets: [{ name: "default", count: 3 }],
      }),
      "spec.nodeSets",
    ],
    [
      "Kafka of Strimzi, a level below",
      object("kafka.strimzi.io/v1beta2", "Kafka", { kafka: { replicas: 3 }, zookeeper: { replicas: 3 } }),
      "spec.kafka.replicas, spec.zookeeper.replicas",
    ],
    [
      "a cache by its resources",
      object("cache.example.fr/v1", "Redis", { node: { resources: { limits: { memory: "1Gi" } } } }),
      "spec.node.resources",
    ],
  ] as const)("%s is named with what is about pods", (_what, manifest, places) => {
    const [line, ...others] = told(manifest);
    expect(others).toEqual([]);
    expect(line).toContain(`seems to start pods from it (${places})`);
  });

  test.each([
    ["of an operator that is not known", object("tools.example.fr/v1", "Cache", { size: "small" }), "Cache"],
    ["with no spec at all", object("tools.example.fr/v1", "Cache", undefined), "Cache"],
    ["of another group than the kind of Kubernetes", object("batch.volcano.sh/v1", "Job", {}), "Job"],
    [
      "that lists resources, which are no quantities",
      object("tools.example.fr/v1", "Role", { resources: ["pods"] }),
      "Role",
    ],
  ] as const)("%s is told as not known", (_what, manifest, kind) => {
    expect(told(manifest)).toEqual([]);
    expect(unknown(manifest)).toEqual([expect.stringMatching(new RegExp(`^[a-z.]+/${kind}$`)) as string]);
  });

  test.each([
    object("monitoring.coreos.com/v1", "ServiceMonitor", { selector: {} }),
    object("networking.istio.io/v1", "VirtualService", { hosts: ["a"] }),
    object("traefik.io/v1alpha1", "Middleware", {}),
    object("gateway.networking.k8s.io/v1", "HTTPRoute", {}),
    object("bitnami.com/v1alpha1", "SealedSecret", { encryptedData: {} }),
    object("external-secrets.io/v1", "ExternalSecret", {}),
    object("networking.k8s.io/v1", "Ingress", {}),
    object("rbac.authorization.k8s.io/v1", "RoleBinding", {}),
    object("keda.sh/v1alpha1", "ScaledObject", { minReplicaCount: 1 }),
    object("v1", "PersistentVolumeClaim", { storageClassName: "fast" }),
    object("policy/v1", "PodDisruptionBudget", {}),
    object("argoproj.io/v1alpha1", "Application", { source: { path: "apps" } }),
    object("apps/v1", "Deployment", { replicas: 1, template: { spec: POD } }),
  ])("$kind is silent: that it starts nothing is known, or it is judged", (manifest) => {
    expect(unknown(manifest)).toEqual([]);
    expect(told(manifest).filter((line) => line.startsWith("pods: "))).toEqual([]);
  });
});
