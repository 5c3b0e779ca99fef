// Defaults that the API server fills into objects before admission (k8s.io/kubernetes/pkg/apis/*/v1/defaults.go), and
// those of its admission plugins for pods. Only fields that the tests of this project meet.

import type { KubeObject } from "./storage.ts";

type Mapping = Readonly<Record<string, unknown>>;

const CONTAINER_LISTS = ["initContainers", "containers", "ephemeralContainers"] as const;

/** Fields that the kind's defaults and the strategy of its creation set. */
export function withDefaults(object: KubeObject): KubeObject {
  const spec = object["spec"] as Mapping | undefined;
  if (spec === undefined) return object;
  const status = object["status"] ?? {};
  switch (object.kind) {
    case "Pod": {
      const filled = { enableServiceLinks: true, ...podSpec(spec) };
      return {
        ...object,
        spec: filled,
        status: { phase: "Pending", qosClass: "BestEffort", ...status },
      };
    }
    case "Deployment":
      return { ...object, spec: { ...DEPLOYMENT, ...templated(spec) }, status };
    case "Job":
      return { ...object, spec: { ...JOB, ...templated(spec) }, status };
    case "ReplicaSet":
    case "StatefulSet":
    case "DaemonSet":
    case "ReplicationController":
      return { ...object, spec: templated(spec), status };
    default:
      return object;
  }
}

/**
 * What is set in a new object after its managed fields were computed: by the strategy of a Job, and by the admission
 * plugins Priority and DefaultTolerationSeconds.
 */
export function withPluginDefaults(object: KubeObject): KubeObject {
  const { kind } = object;
  const spec = object["spec"] as Mapping;
  if (kind === "Job") return { ...object, spec: selected(spec, object.metadata) };
  if (kind !== "Pod") return object;
  const filled = { tolerations: TOLERATIONS, priority: 0, preemptionPolicy: "PreemptLowerPriority", ...spec };
  return { ...object, spec: filled };
}

/** A Job's spec with the selector of its pods, and their labels. */
function selected(spec: Mapping, { name, uid }: KubeObject["metadata"]): Mapping {
  const own = { "batch.kubernetes.io/controller-uid": uid };
  const labels = { ...own, "batch.kubernetes.io/job-name": name, "controller-uid": uid, "job-name": name };
  const template = spec["template"] as { readonly metadata?: { readonly labels?: object } };
  const metadata = { ...template.metadata, labels: { ...template.metadata?.labels, ...labels } };
  return { ...spec, selector: { matchLabels: own }, template: { ...template, metadata } };
}

const TOLERATIONS = ["not-ready", "unreachable"].map((condition) => ({
  key: `node.kubernetes.io/${condition}`,
  operator: "Exists",
  effect: "NoExecute",
  tolerationSeconds: 300,
}));

const DEPLOYMENT = {
  replicas: 1,
  strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "25%", maxSurge: "25%" } },
  revisionHistoryLimit: 10,
  progressDeadlineSeconds: 600,
};
const JOB = {
  parallelism: 1,
  completions: 1,
  backoffLimit: 6,
  manualSelector: false,
  completionMode: "NonIndexed",
  suspend: false,
  podReplacementPolicy: "TerminatingOrFailed",
};

function templated(spec: Mapping): Mapping {
  const template = spec["template"] as Mapping | undefined;
  if (template === undefined) return spec;
  return { ...spec, template: { ...template, spec: podSpec(template["spec"] as Mapping) } };
}

function podSpec(spec: Mapping): Mapping {
  const filled: Record<string, unknown> = {
    restartPolicy: "Always",
    terminationGracePeriodSeconds: 30,
    dnsPolicy: "ClusterFirst",
    securityContext: {},
    schedulerName: "default-scheduler",
    ...spec,
  };
  for (const list of CONTAINER_LISTS) {
    const containers = spec[list] as readonly Mapping[] | undefined;
    if (containers !== undefined) filled[list] = containers.map(container);
  }
  return filled;
}

function container(given: Mapping): Mapping {
  const image = typeof given["image"] === "string" ? given["image"] : "";
  const isLatest = image.endsWith(":latest") || !/[:@][^/]*$/.test(image);
  return {
    resources: {},
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
    imagePullPolicy: isLatest ? "Always" : "IfNotPresent",
    ...given,
  };
}
