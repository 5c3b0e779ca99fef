import type { Segment } from "../../contract/field-path.ts";
import type { KubernetesObject, WorkloadKind } from "../objects/kind.ts";
import type { Mapping } from "./signs.ts";

const ENDING_KIND = /(?:Job|JobSet|Task|TaskRun|Workflow)$/;
/** Fields with pods that end: `jobs`, `replicatedJobs`, `jobTargetRef`; not Flink's `jobManager`. */
const ENDING_FIELD = /^(?:job|jobs|\w*Jobs?|job(?:Spec|TargetRef|Template))$/;

/** Whether pods end on their own, by their restartPolicy; if it is missing, a controller of jobs sets it. */
export function lifetimeWithin(
  { kind }: KubernetesObject,
  path: readonly Segment[],
  { restartPolicy }: Mapping,
): WorkloadKind["lifetime"] {
  if (typeof restartPolicy === "string") return undefined;
  const isJob = path.some((key) => typeof key === "string" && ENDING_FIELD.test(key));
  return isJob || ENDING_KIND.test(kind) ? "batch" : undefined;
}
