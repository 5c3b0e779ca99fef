import type { RelatedEffect } from "../../contract/related-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import type { RelatedRead, RoutedAffinity } from "./related-object.ts";
import { servicesTarget } from "./service-targets.ts";

/** Requests of a route that reach a workload's pods through a Service, or that may. */
export function routedAffinity(
  requests: readonly RoutedAffinity[],
  facts: RawWorkload,
  near: readonly RelatedRead[],
  workloads: readonly RawWorkload[],
): readonly RelatedEffect[] {
  return requests.flatMap(({ services, workload, ...request }): readonly RelatedEffect[] => {
    const binds =
      workload === undefined
        ? servicesTarget(services, facts, near, workloads)
        : workload.kind === facts.kind && workload.name === facts.name
          ? "these-pods"
          : undefined;
    return binds === undefined ? [] : [{ is: "affinity", ...request, binds }];
  });
}
