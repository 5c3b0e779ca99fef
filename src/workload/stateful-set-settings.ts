import type { StatefulSetFacts } from "../contract/workload-facts.ts";
import { isMapping } from "./decode/collections.ts";
import type { KubernetesObject } from "./objects/kind.ts";

/**
 * Settings of a StatefulSet by which its controller names the pods; undefined if it has none. Controllers of
 * other groups with this kind (apps.kruise.io) name pods alike.
 */
export function statefulSetSettings({
  kind,
  value: { spec },
}: KubernetesObject): StatefulSetFacts | undefined {
  if (kind !== "StatefulSet" || !isMapping(spec)) return undefined;
  const { serviceName, ordinals } = spec;
  const start = isMapping(ordinals) ? ordinals["start"] : undefined;
  const service = typeof serviceName === "string" && serviceName !== "" ? { serviceName } : undefined;
  const first = typeof start === "number" && Number.isSafeInteger(start) && start > 0 ? start : undefined;
  if (service === undefined && first === undefined) return undefined;
  return { ...service, ...(first === undefined ? {} : { firstOrdinal: first }) };
}
