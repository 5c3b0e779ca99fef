import type { JobFacts } from "../contract/workload-facts.ts";
import { isMapping } from "./decode/collections.ts";
import { type KubernetesObject, typeOf } from "./objects/kind.ts";

/** Settings of a Job, or of a CronJob's Jobs, that its pods notice; undefined if it has none. */
export function jobSettings(object: KubernetesObject): JobFacts | undefined {
  const spec = jobSpec(object);
  if (!isMapping(spec)) return undefined;
  const { completionMode, activeDeadlineSeconds: deadline } = spec;
  const isIndexed = completionMode === "Indexed";
  const hasDeadline = typeof deadline === "number" && Number.isSafeInteger(deadline);
  if (!isIndexed && !hasDeadline) return undefined;
  return {
    ...(isIndexed ? { isIndexed } : {}),
    ...(hasDeadline ? { activeDeadlineSeconds: deadline } : {}),
  };
}

function jobSpec(object: KubernetesObject): unknown {
  const { spec } = object.value;
  const type = typeOf(object);
  if (type === "batch/Job") return spec;
  if (type !== "batch/CronJob" || !isMapping(spec)) return undefined;
  return isMapping(spec["jobTemplate"]) ? spec["jobTemplate"]["spec"] : undefined;
}
