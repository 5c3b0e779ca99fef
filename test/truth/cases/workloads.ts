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

/** Objects that start nothing, beside a Deployment that conforms: only that is judged, and nothing is told. */
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
    "a repository of images that Flux watches",
    custom("image.toolkit.fluxcd.io/v1beta2", "ImageRepository", { image: "registry.example/aides/web" }),
  ],
];

/** Objects that start what they do not say all about. */
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

export const cases: Cases = [
  ...JUDGED.map(([name, object]) => ({
    name: `${name}, privileged, beside a Deployment that conforms`,
    given: manifests(web(), object),
    expect: { "no-host-access": "no", "no-escalation": "no" } as const,
    silent: true as const,
    why: "Whatever holds a pod template has its pods started, at whatever depth it stands.",
  })),
  ...UNJUDGED.map(([name, object, tells]) => ({
    name: `${name}, beside a Deployment that conforms`,
    given: manifests(web(), object),
    expect: { "no-host-access": "yes" } as const,
    tells,
    why: "It starts containers and does not say all about their pods: named as not judged.",
  })),
  ...NOTHING_STARTED.map(([name, object]) => ({
    name: `${name}, beside a Deployment that conforms`,
    given: manifests(web(), object),
    expect: { "no-host-access": "yes", "no-escalation": "yes", health: "yes" } as const,
    trap: true as const,
    silent: true as const,
    why: "Nothing of the application's is started by it.",
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
    name: "a Knative Service that conforms",
    given: manifests(
      custom("serving.knative.dev/v1", "Service", {
        template: { spec: podSpec({ containers: [server()] }) },
      }),
    ),
    expect: { "no-host-access": "yes", "no-escalation": "yes", health: "yes" },
    trap: true,
    silent: true,
    why: "A pod template like any other.",
  },
];
