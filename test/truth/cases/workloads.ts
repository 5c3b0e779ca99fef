// Pods outside the workloads of Kubernetes itself: judged, or named as not judged; never left out in silence.

import { job, type Manifest, podSpec, yaml } from "../../fixtures/manifests.ts";
import type { Cases } from "../case.ts";
import { manifests, server, web } from "../given/folder.ts";

function custom(apiVersion: string, kind: string, spec: unknown, more: Manifest = {}): Manifest {
  return { apiVersion, kind, metadata: { name: "own" }, spec, ...more };
}

const UNSAFE = podSpec({
  containers: [server({ securityContext: { privileged: true } })],
  restartPolicy: "Never",
});
const SAFE = podSpec({ containers: [server()], restartPolicy: "Never" });

function jobSet(spec: Manifest): Manifest {
  return custom("jobset.x-k8s.io/v1alpha2", "JobSet", {
    replicatedJobs: [{ name: "workers", template: { spec: { template: { spec } } } }],
  });
}

/**
 * Objects that start nothing, beside a conforming Deployment: only the Deployment is judged, without a
 * message.
 */
const NOTHING_STARTED: readonly (readonly [string, Manifest])[] = [
  [
    "a CustomResourceDefinition with a pod in its schema",
    custom("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
      versions: [{ schema: { openAPIV3Schema: { default: { template: { spec: UNSAFE } } } } }],
    }),
  ],
  [
    "a policy of Kyverno with a pattern of pods",
    custom("kyverno.io/v1", "ClusterPolicy", {
      rules: [
        { validate: { pattern: { spec: { containers: [{ name: "*", image: "registry.example/*" }] } } } },
      ],
    }),
  ],
  [
    "an autoscaler that names the Deployment",
    custom("autoscaling/v2", "HorizontalPodAutoscaler", {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
    }),
  ],
  [
    "a ConfigMap whose values look like an image's name",
    custom("v1", "ConfigMap", undefined, { data: { image: "nginx:1.27" } }),
  ],
  [
    "an Application of Argo CD that names a folder of manifests",
    custom("argoproj.io/v1alpha1", "Application", {
      source: { repoURL: "https://git.example/a", path: "apps/web" },
    }),
  ],
  [
    "a policy of Kyverno that generates a NetworkPolicy",
    custom("kyverno.io/v1", "ClusterPolicy", {
      rules: [
        {
          generate: {
            apiVersion: "networking.k8s.io/v1",
            kind: "NetworkPolicy",
            data: { spec: { podSelector: {} } },
          },
        },
      ],
    }),
  ],
  [
    "an ImageCatalog of CloudNativePG",
    custom("postgresql.cnpg.io/v1", "ImageCatalog", {
      images: [{ major: 17, image: "ghcr.io/cloudnative-pg/postgresql:17.2" }],
    }),
  ],
  ["values of a chart", { image: { repository: "x" }, containers: [{ name: "a", image: "b" }], spec: {} }],
  [
    "a pipeline with containers for its jobs",
    { resources: { containers: [{ container: "a", image: "ubuntu:22.04" }] }, steps: [{ script: "spec" }] },
  ],
  [
    "a repository of images that Flux watches",
    custom("image.toolkit.fluxcd.io/v1beta2", "ImageRepository", { image: "registry.example/aides/web" }),
  ],
];

/** Unknown kinds: reported by name, and not counted as applications. */
const UNKNOWN: typeof NOTHING_STARTED = [
  [
    "a kind nobody knows with words, addresses and pictures",
    custom("tools.example.fr/v1", "Site", {
      host: "registry.example.fr:5000",
      url: "https://git.example.fr/aides/web:main",
      image: "logo.png",
      imagePullPolicy: "Always",
      imageTag: "1.2.3",
      time: "12:30:45",
      map: ["a:b", "redis:6379"],
    }),
  ],
  ["a kind nobody knows whose image is none", custom("tools.example.fr/v1", "Site", { image: "default" })],
];

const CLUSTER = custom("postgresql.cnpg.io/v1", "Cluster", {
  instances: 3,
  imageName: "ghcr.io/cloudnative-pg/postgresql:17.2",
});

/** Objects that start pods which they do not fully describe. */
const UNJUDGED: readonly (readonly [string, Manifest, string])[] = [
  [
    "an Argo Workflow",
    custom("argoproj.io/v1alpha1", "Workflow", {
      templates: [{ name: "a", container: { image: "alpine:3.20" } }],
    }),
    "spec.templates[0].container.image",
  ],
  [
    "a CronWorkflow",
    custom("argoproj.io/v1alpha1", "CronWorkflow", {
      workflowSpec: { templates: [{ script: { image: "python", source: "print()" } }] },
    }),
    "spec.workflowSpec.templates[0].script.image",
  ],
  [
    "a Tekton Task",
    custom("tekton.dev/v1", "Task", { steps: [{ image: "node:22.1.0", script: "npm ci" }] }),
    "spec.steps[0].image",
  ],
  [
    "a WebApp of somebody's own",
    custom("tools.example.fr/v1", "WebApp", { image: "nginx", replicas: 2 }),
    "spec.image",
  ],
  [
    "a pod's spec under a name of its own",
    custom("tools.example.fr/v1", "Runner", { podSpec: UNSAFE }),
    "spec.podSpec.containers",
  ],
  [
    "a HelmRelease of Flux",
    custom("helm.toolkit.fluxcd.io/v2", "HelmRelease", { chart: { spec: { chart: "portail" } } }),
    "the Helm chart portail",
  ],
  [
    "an Application of Argo CD with values in it",
    custom("argoproj.io/v1alpha1", "Application", {
      source: { chart: "portail", helm: { values: "privileged: true" } },
    }),
    "the Helm chart portail",
  ],
  [
    "a ConfigMap that holds a manifest",
    custom("v1", "ConfigMap", undefined, { data: { "job.yaml": yaml(job({ pod: UNSAFE })) } }),
    'data["job.yaml"]',
  ],
];

/** Policies that start containers themselves, and images under names of somebody's own. */
const NAMED: typeof UNJUDGED = [
  [
    "an image without a tag alone in a kind nobody knows",
    custom("tools.example.fr/v1", "Site", { image: "alpine" }),
    "spec.image",
  ],
  [
    "an image under a French name",
    custom("tools.example.fr/v1", "Site", { imageConteneur: "nginx:1.27" }),
    "spec.imageConteneur",
  ],
  [
    "an image under a name that says nothing",
    custom("tools.example.fr/v1", "Site", { conteneur: "registry.example/aides/web:1.2.3" }),
    "spec.conteneur",
  ],
  [
    "a list of images",
    custom("tools.example.fr/v1", "Mirror", { run: ["registry.example/aides/web:1.2.3"] }),
    "spec.run[0]",
  ],
  [
    "a policy of Kyverno that generates a pod",
    custom("kyverno.io/v1", "ClusterPolicy", {
      rules: [
        {
          name: "a",
          match: {},
          generate: { apiVersion: "v1", kind: "Pod", name: "x", data: { spec: UNSAFE } },
        },
      ],
    }),
    "spec.rules[0].generate",
  ],
  [
    "a policy of Kyverno that adds a sidecar",
    custom("kyverno.io/v1", "ClusterPolicy", {
      rules: [
        {
          mutate: {
            patchStrategicMerge: {
              spec: { initContainers: [{ name: "side", image: "registry.example/side:1.2.3" }] },
            },
          },
        },
      ],
    }),
    "spec.rules[0].mutate",
  ],
  [
    "a policy of Kyverno that adds a sidecar by a text",
    custom("kyverno.io/v1", "ClusterPolicy", {
      rules: [
        {
          mutate: {
            patchesJson6902:
              "- op: add\n  path: /spec/containers/-\n  value:\n    name: side\n    image: busybox\n",
          },
        },
      ],
    }),
    "spec.rules[0].mutate",
  ],
  [
    "a mutation of Gatekeeper that adds a sidecar",
    custom("mutations.gatekeeper.sh/v1", "Assign", {
      location: "spec.containers[name:side]",
      parameters: { assign: { value: { name: "side", image: "busybox" } } },
    }),
    "spec.parameters.assign.value",
  ],
  ["a Cluster of CloudNativePG", CLUSTER, "spec.imageName"],
  [
    "an Application of Argo CD that puts another image in the place of the folder's",
    custom("argoproj.io/v1alpha1", "Application", {
      source: { path: "apps/web", kustomize: { images: ["registry.example/aides/web:1.2.3"] } },
    }),
    "spec.source.kustomize.images[0]",
  ],
];

const POD = { spec: { containers: [{ name: "a", image: "registry.example/aides/web:1.2.3" }] } };

/** Documents that Kubernetes refuses, in the form of a pod. */
const UNTYPED: readonly (readonly [string, Manifest])[] = [
  ["a pod without apiVersion and kind", POD],
  ["a Pod without apiVersion", { kind: "Pod", metadata: { name: "a" }, ...POD }],
  ["a Deployment without kind", { apiVersion: "apps/v1", spec: { template: POD } }],
  [
    "a CronJob's template without apiVersion and kind",
    { spec: { jobTemplate: { spec: { template: POD } } } },
  ],
];

/** Objects that hold a pod which Pod Security would refuse. */
const JUDGED: readonly (readonly [string, Manifest])[] = [
  ["a JobSet", jobSet(UNSAFE)],
  [
    "a ScaledJob of KEDA",
    custom("keda.sh/v1alpha1", "ScaledJob", { jobTargetRef: { template: { spec: UNSAFE } } }),
  ],
  [
    "a Job of Volcano",
    custom("batch.volcano.sh/v1alpha1", "Job", { tasks: [{ template: { spec: UNSAFE } }] }),
  ],
  [
    "the workers of a RayCluster, whose head conforms",
    custom("ray.io/v1", "RayCluster", {
      headGroupSpec: { template: { spec: SAFE } },
      workerGroupSpecs: [{ groupName: "a", template: { spec: UNSAFE } }],
    }),
  ],
  [
    "a Job within a ManifestWork",
    custom("work.open-cluster-management.io/v1", "ManifestWork", {
      workload: { manifests: [job({ pod: UNSAFE })] },
    }),
  ],
  [
    "a kind nobody knows",
    custom("tools.example.fr/v1", "Runner", { deep: { er: { template: { spec: UNSAFE } } } }),
  ],
];

/** Mutations: the Deployment beside them is no longer the one that runs. */
const ADDS_TO_PODS = /^a (?:policy of Kyverno|mutation of Gatekeeper) that adds a sidecar/;

export const cases: Cases = [
  ...JUDGED.map(([name, object]) => ({
    name: `${name}, privileged, beside a Deployment that conforms`,
    given: manifests(web(), object),
    expect: { "no-host-access": "no", "no-escalation": "no" } as const,
    silent: true as const,
    why: "Whatever holds a pod template has its pods started, at whatever depth it stands.",
  })),
  ...UNTYPED.map(([name, object]) => ({
    name: `${name}, beside a Deployment that conforms`,
    given: manifests(web(), object),
    expect: { "no-host-access": "yes" } as const,
    tells: "lacks apiVersion or kind",
    why: "Kubernetes refuses it; silence would take it for judged.",
  })),
  {
    name: "a Cluster of CloudNativePG that the policy leaves to an operator, beside a Deployment that conforms",
    given: { ...manifests(web(), CLUSTER), policy: { operatedKinds: ["postgresql.cnpg.io/Cluster"] } },
    expect: { "no-host-access": "yes" },
    tells: "left to the platform's operators",
    why: "The platform answers for what its operators run; it is told all the same.",
  },
  {
    name: "a Cluster of CloudNativePG, and a policy that names another kind",
    given: { ...manifests(web(), CLUSTER), policy: { operatedKinds: ["postgresql.cnpg.io/Pooler"] } },
    expect: { "no-host-access": "yes" },
    tells: "is not judged",
    why: "Kinds are named one by one.",
  },
  {
    name: "a Cluster of CloudNativePG alone that the policy leaves to an operator",
    given: { ...manifests(CLUSTER), policy: { operatedKinds: ["postgresql.cnpg.io/Cluster"] } },
    expect: "refused",
    tells: "is not judged",
    why: "Nothing was judged: no verdict must not end like a good one.",
  },
  {
    name: "a pod template in a kind that the policy leaves to an operator",
    given: {
      ...manifests(custom("tools.example.fr/v1", "Runner", { template: { spec: UNSAFE } })),
      policy: { operatedKinds: ["tools.example.fr/Runner"] },
    },
    expect: { "no-host-access": "no" },
    why: "What can be judged is.",
  },
  ...[...UNJUDGED, ...NAMED].map(([name, object, tells]) => ({
    name: `${name}, beside a Deployment that conforms`,
    given: manifests(web(), object),
    expect: { "no-host-access": ADDS_TO_PODS.test(name) ? "unproven" : "yes" } as const,
    tells,
    why: ADDS_TO_PODS.test(name)
      ? "What it adds to these pods is named as not judged: nobody has seen what runs."
      : "It starts containers and does not say all about their pods: named as not judged.",
  })),
  ...NOTHING_STARTED.map(([name, object]) => ({
    name: `${name}, beside a Deployment that conforms`,
    given: manifests(web(), object),
    expect: { "no-host-access": "yes", "no-escalation": "yes", health: "yes" } as const,
    trap: true as const,
    silent: true as const,
    why: "Nothing of the application's is started by it.",
  })),
  ...UNKNOWN.map(([name, object]) => ({
    name: `${name}, beside a Deployment that conforms`,
    given: manifests(web(), object),
    expect: { "no-host-access": "yes", "no-escalation": "yes", health: "yes" } as const,
    trap: true as const,
    tells:
      "nothing tells whether the controller of these objects starts pods from them: tools.example.fr/Site",
    why: "It names no image; whether it starts any, its controller alone knows.",
  })),
  {
    name: "a JobSet that conforms",
    given: manifests(jobSet(SAFE)),
    expect: { "no-host-access": "yes", "no-escalation": "yes", seccomp: "yes", health: "n/a" },
    trap: true,
    silent: true,
    why: "Its pods end by themselves: they need no probes.",
  },
  {
    name: "a Knative Service whose template conforms",
    given: manifests(
      custom("serving.knative.dev/v1", "Service", {
        template: { spec: podSpec({ containers: [server()] }) },
      }),
    ),
    expect: { "no-host-access": "unproven", "no-escalation": "unproven", health: "unproven" },
    why: "Knative adds a proxy to its pods and probes through it: what runs is not what the template says.",
  },
];
