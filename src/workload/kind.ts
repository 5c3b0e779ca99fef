import type { Segment } from "../contract/field-path.ts";
import { isMapping } from "./decode/collections.ts";

/** Where the kinds of Kubernetes hold theirs; a Pod is its own template. */
export type KnownTemplate = "pod" | "template" | "spec.template" | "spec.jobTemplate.spec.template";

/** How a kind of object holds its pods. */
export interface WorkloadKind {
  /** From the object to its pod template; its path, where no kind of Kubernetes has it. */
  readonly template: KnownTemplate | readonly Segment[];
  /** Whether its pods end by themselves; where the kind does not say it, their restartPolicy does. */
  readonly lifetime?: "long-running" | "batch";
}

const LONG_RUNNING: WorkloadKind = { template: "spec.template", lifetime: "long-running" };

/** By API group and kind. */
const KINDS: Readonly<Record<string, WorkloadKind>> = {
  "/Pod": { template: "pod" },
  "/PodTemplate": { template: "template" },
  "/ReplicationController": LONG_RUNNING,
  "apps/Deployment": LONG_RUNNING,
  "apps/StatefulSet": LONG_RUNNING,
  "apps/DaemonSet": LONG_RUNNING,
  "apps/ReplicaSet": LONG_RUNNING,
  "extensions/Deployment": LONG_RUNNING,
  "extensions/DaemonSet": LONG_RUNNING,
  "extensions/ReplicaSet": LONG_RUNNING,
  "argoproj.io/Rollout": LONG_RUNNING,
  "batch/Job": { template: "spec.template", lifetime: "batch" },
  "batch/CronJob": { template: "spec.jobTemplate.spec.template", lifetime: "batch" },
};

/** The kind of workload that an object is; undefined when Kubernetes knows none of that name. */
export function workloadKind(object: KubernetesObject): WorkloadKind | undefined {
  return KINDS[`${groupOf(object)}/${object.kind}`];
}

/** Empty for the core group. */
export function groupOf({ apiVersion }: Pick<KubernetesObject, "apiVersion">): string {
  return apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
}

/** `apps/Deployment`; of the core group `Pod`. */
export function typeOf(object: Pick<KubernetesObject, "apiVersion" | "kind">): string {
  const group = groupOf(object);
  return group === "" ? object.kind : `${group}/${object.kind}`;
}

/** From the object to its pod template. */
export function templatePath({ template }: WorkloadKind): readonly Segment[] {
  if (typeof template !== "string") return template;
  return template === "pod" ? [] : template.split(".");
}

function member(value: unknown, key: string): unknown {
  return isMapping(value) ? value[key] : undefined;
}

/** An Argo Rollout may leave its pods to a Deployment that it names. */
export function refersToWorkload({ value }: KubernetesObject): boolean {
  const spec = member(value, "spec");
  return isMapping(member(spec, "workloadRef")) && !isMapping(member(spec, "template"));
}

/** Something with an apiVersion and a kind. */
export interface KubernetesObject {
  readonly value: Readonly<Record<string, unknown>>;
  readonly apiVersion: string;
  readonly kind: string;
  /** Where it stands in its document. */
  readonly path: readonly Segment[];
}
