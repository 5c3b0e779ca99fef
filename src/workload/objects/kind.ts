import type { Segment } from "../../contract/field-path.ts";
import { isMapping } from "../decode/collections.ts";

/** Template locations in Kubernetes' kinds; a Pod is its own template. */
export type KnownTemplate = "pod" | "template" | "spec.template" | "spec.jobTemplate.spec.template";

/** Properties of a kind with pods. */
export interface WorkloadKind {
  /** Path from the object to its pod template: a known path, or segments. */
  readonly template: KnownTemplate | readonly Segment[];
  /** Whether the kind's pods end on their own; absent: their restartPolicy decides. */
  readonly lifetime?: "long-running" | "batch";
}

const LONG_RUNNING: WorkloadKind = { template: "spec.template", lifetime: "long-running" };

/** Kinds by API group and kind. */
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

/** Kind of workload of an object; undefined if it is not one of Kubernetes' workload kinds. */
export function workloadKind(object: KubernetesObject): WorkloadKind | undefined {
  return KINDS[`${groupOf(object)}/${object.kind}`];
}

/** API group of an object; empty for the core group. */
export function groupOf({ apiVersion }: Pick<KubernetesObject, "apiVersion">): string {
  return apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
}

/** Kind with its group: `apps/Deployment`; `Pod` for the core group. */
export function typeOf(object: Pick<KubernetesObject, "apiVersion" | "kind">): string {
  const group = groupOf(object);
  return group === "" ? object.kind : `${group}/${object.kind}`;
}

/** Path from the object to its pod template. */
export function templatePath({ template }: WorkloadKind): readonly Segment[] {
  if (typeof template !== "string") return template;
  return template === "pod" ? [] : template.split(".");
}

function member(value: unknown, key: string): unknown {
  return isMapping(value) ? value[key] : undefined;
}

/** Whether an Argo Rollout takes its pods from a Deployment that it names. */
export function refersToWorkload({ value }: KubernetesObject): boolean {
  const spec = member(value, "spec");
  return isMapping(member(spec, "workloadRef")) && !isMapping(member(spec, "template"));
}

/** An object with apiVersion and kind. */
export interface KubernetesObject {
  readonly value: Readonly<Record<string, unknown>>;
  readonly apiVersion: string;
  readonly kind: string;
  /** Path of the object in its document; `items[0]` for an item of a List. */
  readonly path: readonly Segment[];
}
