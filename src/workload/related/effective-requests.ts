import type { ContainerFacts } from "../../contract/pod-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { isMapping } from "../decode/collections.ts";
import { amountOf } from "../validation/quantity.ts";
import type { RelatedRead } from "./related-object.ts";

type Mapping = Readonly<Record<string, unknown>>;

/** Container with its list and index, and its requests and limits as the API server completes them. */
export interface CompletedContainer {
  readonly list: "containers" | "initContainers";
  readonly index: number;
  readonly name: string;
  /** Amount of a resource; undefined if it is not set. */
  readonly request: (resource: string) => number | undefined;
  readonly limit: (resource: string) => number | undefined;
}

/**
 * Containers of a workload with requests as the API server completes them: the limit, otherwise a
 * LimitRange's defaultRequest, default, max or min (k8s.io/kubernetes, core/v1/defaults.go, SetDefaults_Pod
 * and SetDefaults_LimitRangeItem).
 *
 * @param limited the workload with the limits of LimitRanges
 */
export function completedContainers(
  facts: RawWorkload,
  limited: RawWorkload,
  near: readonly RelatedRead[],
): readonly CompletedContainer[] {
  const defaults = near.flatMap(({ bearing }) => (bearing.kind === "limits" ? bearing.limits : []));
  const ofContainers = defaults.filter(({ type }) => type === "Container").map(defaultRequests);
  return (["containers", "initContainers"] as const).flatMap((list) =>
    facts.pod.spec[list].map((own, index) => {
      const { limits = {} } = limited.pod.spec[list][index]?.resources ?? {};
      return {
        list,
        index,
        name: own.name ?? "",
        request: (resource) => requestOf(own, ofContainers, resource),
        limit: (resource) => known(limits[resource]),
      };
    }),
  );
}

function requestOf(
  { resources: { requests = {}, limits = {} } = {} }: ContainerFacts,
  defaults: readonly Mapping[],
  resource: string,
): number | undefined {
  const completed = defaults.find((one) => Object.hasOwn(one, resource))?.[resource];
  return known(requests[resource] ?? limits[resource] ?? completed);
}

function defaultRequests({ defaultRequest, default: limit, max, min }: Mapping): Mapping {
  const parts = [min, max, limit, defaultRequest].map((one) => (isMapping(one) ? one : {}));
  return Object.assign({}, ...parts) as Mapping;
}

function known(quantity: unknown): number | undefined {
  const amount = quantity === undefined ? Number.NaN : amountOf(quantity);
  return Number.isNaN(amount) ? undefined : amount;
}

/**
 * Amount of a resource for a whole pod: the sum of its containers, or the maximum of an init container;
 * undefined if no container has the resource.
 */
export function totalOf(
  containers: readonly CompletedContainer[],
  amount: (one: CompletedContainer) => number | undefined,
): number | undefined {
  const of = (list: CompletedContainer["list"]) =>
    containers.filter((one) => one.list === list).flatMap((one) => amount(one) ?? []);
  const [app, init] = [of("containers"), of("initContainers")];
  if (app.length + init.length === 0) return undefined;
  return Math.max(
    app.reduce((sum, one) => sum + one, 0),
    ...init,
  );
}
