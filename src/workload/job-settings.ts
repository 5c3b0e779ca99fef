import type { Segment } from "../contract/field-path.ts";
import type { JobFacts } from "../contract/workload-facts.ts";
import { isMapping, valueAt } from "./decode/collections.ts";
import { type KubernetesObject, typeOf, workloadKind } from "./objects/kind.ts";

/** Kinds whose controller creates Indexed Jobs by default (JobSet: jobset_webhook.go, Default). */
const INDEXING: ReadonlySet<string> = new Set(["jobset.x-k8s.io/JobSet"]);

/**
 * Settings of a Job, or of the Jobs of another kind, with an effect on its pods; undefined if it has none.
 *
 * @param template path of the pod template in the object
 */
export function jobSettings(
  object: KubernetesObject,
  template: readonly Segment[] = [],
): JobFacts | undefined {
  const spec = jobSpec(object, template);
  if (!isMapping(spec)) return undefined;
  const { completionMode, activeDeadlineSeconds: deadline, completions } = spec;
  const isDefault = completionMode === undefined && INDEXING.has(typeOf(object));
  const isIndexed = completionMode === "Indexed" || isDefault;
  const hasDeadline = typeof deadline === "number" && Number.isSafeInteger(deadline);
  const isEmpty = completions === 0;
  if (!isIndexed && !hasDeadline && !isEmpty) return undefined;
  return {
    ...(isIndexed ? { isIndexed } : {}),
    ...(hasDeadline ? { activeDeadlineSeconds: deadline } : {}),
    ...(isEmpty ? { isEmpty } : {}),
  };
}

/**
 * Spec of the Job or of the Job template of a CronJob; in an object of another group, the parent of the pod
 * template.
 */
function jobSpec(object: KubernetesObject, template: readonly Segment[]): unknown {
  const { spec } = object.value;
  const type = typeOf(object);
  if (type === "batch/Job") return spec;
  if (type === "batch/CronJob") return valueAt(object.value, "spec", "jobTemplate", "spec");
  if (template.length < 2 || workloadKind(object) !== undefined) return undefined;
  let inner: unknown = object.value;
  for (const key of template.slice(0, -1)) inner = (inner as Readonly<Record<Segment, unknown>>)[key];
  return inner;
}
