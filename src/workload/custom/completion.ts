import { groupOf, type KubernetesObject, typeOf } from "../objects/kind.ts";
import { isOfKubernetes } from "./groups.ts";

/** Effect of a custom resource's controller on the pod templates in it. */
export type Completion = "none" | "completes" | "unknown";

/**
 * Kinds whose controllers create pods exactly as their templates state, so that a template can be judged
 * instead of the pods. Fields beside the template are also checked (overlays.ts).
 */
const KEPT: ReadonlySet<string> = new Set([
  "apps.kruise.io/AdvancedCronJob",
  "apps.kruise.io/BroadcastJob",
  "apps.kruise.io/CloneSet",
  "apps.kruise.io/DaemonSet",
  "apps.kruise.io/StatefulSet",
  "apps.kruise.io/UnitedDeployment",
  "apps.openshift.io/DeploymentConfig",
  "argoproj.io/Rollout",
  "jobset.x-k8s.io/JobSet",
  "keda.sh/ScaledJob",
  "workload.codeflare.dev/AppWrapper",
]);

/**
 * Groups of kinds whose controllers complete their templates: a proxy in front of the container (Knative,
 * Seldon), a sidecar and a token (Agones), variables, commands, init containers and groups (Kubeflow, Ray,
 * Spark, Flink, LeaderWorkerSet, runners of GitHub).
 */
const COMPLETED: ReadonlySet<string> = new Set([
  "actions.github.com",
  "agones.dev",
  "flink.apache.org",
  "kubeflow.org",
  "leaderworkerset.x-k8s.io",
  "machinelearning.seldon.io",
  "operators.coreos.com",
  "pkg.crossplane.io",
  "ray.io",
  "serving.knative.dev",
  "sources.knative.dev",
  "sparkoperator.k8s.io",
  "trainer.kubeflow.org",
]);

/** Whether the controller of a custom resource completes the pod templates of the resource. */
export function completionOf(object: KubernetesObject): Completion {
  const group = groupOf(object);
  if (isOfKubernetes(group) || KEPT.has(typeOf(object))) return "none";
  return COMPLETED.has(group) ? "completes" : "unknown";
}
