import type { RelatedEffect } from "../../contract/related-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import type { RoutedAffinity, Surroundings } from "./related-object.ts";
import { servicesTarget } from "./service-targets.ts";

/** Requests of a route that certainly or possibly reach a workload's pods through a Service. */
export function routedAffinity(
  requests: readonly RoutedAffinity[],
  facts: RawWorkload,
  surroundings: Surroundings,
): readonly RelatedEffect[] {
  return requests.flatMap(({ services, workload, ...request }): readonly RelatedEffect[] => {
    const binds =
      workload === undefined
        ? servicesTarget(services, facts, surroundings)
        : workload.kind === facts.kind && workload.name === facts.name
          ? "these-pods"
          : undefined;
    return binds === undefined ? [] : [{ is: "affinity", ...request, binds }];
  });
}
