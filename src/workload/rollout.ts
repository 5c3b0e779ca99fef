import { formatPath } from "../contract/field-path.ts";
import type { RolloutFacts } from "../contract/workload-facts.ts";
import { valueAt } from "./decode/collections.ts";
import { groupOf, type KubernetesObject } from "./objects/kind.ts";

/** Fields for the pods that an update may stop at once, by kind of Kubernetes' own groups. */
const FIELDS: Readonly<Record<string, string>> = {
  DaemonSet: "updateStrategy",
  Deployment: "strategy",
  StatefulSet: "updateStrategy",
};

/** Setting of how many pods an update stops at once; undefined if the object leaves it to the default. */
export function rolloutOf(object: KubernetesObject): RolloutFacts | undefined {
  const { kind, value, path } = object;
  const strategy = Object.hasOwn(FIELDS, kind) ? FIELDS[kind] : undefined;
  if (strategy === undefined || !["apps", "extensions"].includes(groupOf(object))) return undefined;
  const at = (...way: readonly string[]) => formatPath([...path, "spec", strategy, ...way]);
  if (valueAt(value, "spec", strategy, "type") === "Recreate") {
    return { field: at("type"), value: "Recreate" };
  }
  const way = ["rollingUpdate", "maxUnavailable"];
  const most = valueAt(value, "spec", strategy, ...way);
  return typeof most === "string" || typeof most === "number"
    ? { field: at(...way), value: most }
    : undefined;
}
