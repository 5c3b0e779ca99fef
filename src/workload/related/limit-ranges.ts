import type { ContainerFacts, ResourcesFacts } from "../../contract/pod-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { isMapping } from "../decode/collections.ts";
import { amountOf } from "../validation/quantity.ts";

type Mapping = Readonly<Record<string, unknown>>;

/**
 * The workload with default limits from LimitRanges of its namespace: `default`, otherwise `max`
 * (k8s.io/kubernetes, core/v1/defaults.go, SetDefaults_LimitRangeItem). Of two defaults, the lower counts,
 * since the API server's choice is unknown.
 */
export function withDefaultLimits(facts: RawWorkload, limits: readonly Mapping[]): RawWorkload {
  const defaults = defaultsOf(limits.filter(({ type }) => type === "Container"));
  if (defaults.size === 0) return facts;
  const { containers, initContainers, ...spec } = facts.pod.spec;
  const given = (one: ContainerFacts) => withDefaults(one, defaults);
  return {
    ...facts,
    pod: {
      ...facts.pod,
      spec: { ...spec, containers: containers.map(given), initContainers: initContainers.map(given) },
    },
  };
}

function defaultsOf(limits: readonly Mapping[]): ReadonlyMap<string, string> {
  const lowest = new Map<string, string>();
  for (const { max, default: given } of limits) {
    const own = { ...(isMapping(max) ? max : {}), ...(isMapping(given) ? given : {}) };
    for (const [resource, value] of Object.entries(own)) {
      const amount = amountOf(value);
      const before = lowest.get(resource);
      if (Number.isNaN(amount) || (before !== undefined && amountOf(before) <= amount)) continue;
      lowest.set(resource, String(value));
    }
  }
  return lowest;
}

function withDefaults(container: ContainerFacts, defaults: ReadonlyMap<string, string>): ContainerFacts {
  const { limits = {}, ...others }: ResourcesFacts = container.resources ?? {};
  const missing = [...defaults].filter(([resource]) => limits[resource] === undefined);
  if (missing.length === 0) return container;
  return { ...container, resources: { ...others, limits: { ...limits, ...Object.fromEntries(missing) } } };
}
