import { type PlacementFacts, placements } from "../contract/pod-containers.ts";
import type { WorkloadFacts } from "../contract/workload-facts.ts";
import type { HealthEndpoint } from "./healthcheck.ts";
import { append, set } from "./remedies.ts";
import type { ProbeHandlers, SeenStart } from "./seen-start.ts";
import type { Edit, Json } from "./syntax/edit.ts";

/** Endpoints by image name, as the manifest writes it. */
export type HealthEndpoints = ReadonlyMap<string, HealthEndpoint>;

/** Results of trials by container, keyed by path in the document. */
export type SeenStarts = ReadonlyMap<string, SeenStart>;

/**
 * Readiness and liveness probes for containers without probes: requests that succeeded in a trial, otherwise
 * the request of the image's HEALTHCHECK.
 */
export function missingProbes(
  workload: WorkloadFacts,
  endpoints: HealthEndpoints,
  seen: SeenStarts,
): readonly Edit[] {
  return placements(workload)
    .filter((placement) => isLongRunning(workload, placement))
    .flatMap(({ path, spec }) => {
      const handlers = seen.get(path)?.probes ?? declared(endpoints.get(spec.image ?? ""));
      if (handlers === undefined) return [];
      return (["readinessProbe", "livenessProbe"] as const)
        .filter((probe) => spec[probe] === undefined)
        .map((probe) => set(`${path}.${probe}`, handlers[probe]));
    });
}

/** Ports that were open in a trial, for containers that declare none. */
export function missingPorts(workload: WorkloadFacts, seen: SeenStarts): readonly Edit[] {
  return placements(workload)
    .filter((placement) => isLongRunning(workload, placement) && (placement.spec.ports ?? []).length === 0)
    .flatMap(({ path }) => {
      const ports = seen.get(path)?.ports ?? [];
      return ports.map((containerPort) => append(`${path}.ports`, { containerPort }));
    });
}

function declared(endpoint: HealthEndpoint | undefined): ProbeHandlers | undefined {
  if (endpoint === undefined) return undefined;
  const asks = { httpGet: handler(endpoint) };
  return { readinessProbe: asks, livenessProbe: asks };
}

function isLongRunning({ lifetime }: WorkloadFacts, { role }: PlacementFacts): boolean {
  return role === "sidecar" || (role === "app" && lifetime === "long-running");
}

function handler({ path, port, scheme }: HealthEndpoint): Json {
  return scheme === "HTTP" ? { path, port } : { path, port, scheme };
}
