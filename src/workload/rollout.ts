import { formatPath } from "../contract/field-path.ts";
import type { RolloutFacts } from "../contract/workload-facts.ts";
import { valueAt } from "./decode/collections.ts";
import { groupOf, type KubernetesObject } from "./objects/kind.ts";

/** Place of the settings of a rollout in `spec`, by kind. */
interface Place {
  readonly strategy: string;
  /** Mapping below the strategy with maxUnavailable and maxSurge. */
  readonly limits: readonly string[];
}

const APPS: Readonly<Record<string, Place>> = {
  DaemonSet: { strategy: "updateStrategy", limits: ["rollingUpdate"] },
  Deployment: { strategy: "strategy", limits: ["rollingUpdate"] },
  StatefulSet: { strategy: "updateStrategy", limits: ["rollingUpdate"] },
};
const PLACES: Readonly<Record<string, Readonly<Record<string, Place>>>> = {
  apps: APPS,
  extensions: APPS,
  "apps.kruise.io": {
    ...APPS,
    CloneSet: { strategy: "updateStrategy", limits: [] },
  },
  "argoproj.io": { Rollout: { strategy: "strategy", limits: ["canary"] } },
};

/** Default of maxUnavailable where only maxSurge is set. */
const DEFAULT = "25%";

/** Setting of the number of pods that an update stops at once; undefined if the object uses the default. */
export function rolloutOf(object: KubernetesObject): RolloutFacts | undefined {
  const { kind, value, path } = object;
  const group = groupOf(object);
  const kinds = Object.hasOwn(PLACES, group) ? (PLACES[group] ?? {}) : {};
  const place = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (place === undefined) return undefined;
  const { strategy, limits } = place;
  const at = (...way: readonly string[]) => formatPath([...path, "spec", strategy, ...way]);
  if (valueAt(value, "spec", strategy, "type") === "Recreate") {
    return { field: at("type"), value: "Recreate" };
  }
  const limit = (name: string): unknown => valueAt(value, "spec", strategy, ...limits, name);
  const most = limit("maxUnavailable");
  const surge = limit("maxSurge");
  const isWithoutSurge = surge === 0 || surge === "0%" ? { isWithoutSurge: true as const } : {};
  if (typeof most === "string" || typeof most === "number") {
    return { field: at(...limits, "maxUnavailable"), value: most, ...isWithoutSurge };
  }
  return "isWithoutSurge" in isWithoutSurge
    ? { field: at(...limits, "maxSurge"), value: DEFAULT, ...isWithoutSurge }
    : undefined;
}
