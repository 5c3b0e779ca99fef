import { type PlacementFacts, placements } from "../contract/placement.ts";
import type { WorkloadFacts } from "../contract/workload-facts.ts";
import type { Edit, Json } from "./edit.ts";
import type { HealthEndpoint } from "./healthcheck.ts";
import { set } from "./remedies.ts";

/** By the image's name as the manifest writes it. */
export type HealthEndpoints = ReadonlyMap<string, HealthEndpoint>;

/** Readiness and liveness probes for the containers that lack them, where their image's HEALTHCHECK says how. */
export function missingProbes(workload: WorkloadFacts, endpoints: HealthEndpoints): readonly Edit[] {
  return placements(workload)
    .filter((placement) => isLongRunning(workload, placement))
    .flatMap(({ path, spec }) => {
      const endpoint = endpoints.get(spec.image ?? "");
      if (endpoint === undefined) return [];
      return (["readinessProbe", "livenessProbe"] as const)
        .filter((probe) => spec[probe] === undefined)
        .map((probe) => set(`${path}.${probe}`, { httpGet: handler(endpoint) }));
    });
}

function isLongRunning({ lifetime }: WorkloadFacts, { role }: PlacementFacts): boolean {
  return role === "sidecar" || (role === "app" && lifetime === "long-running");
}

function handler({ path, port, scheme }: HealthEndpoint): Json {
  return scheme === "HTTP" ? { path, port } : { path, port, scheme };
}
