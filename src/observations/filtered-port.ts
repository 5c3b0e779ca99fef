import { isBest, peerQuality } from "../contract/peer-event.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";
import { type Observed, observed } from "./observed.ts";
import { phaseRun } from "./phase-run.ts";

/** An answer that 127.0.0.1 got and a neighbour of the pod did not. */
export type FilteredPort = Observed<"peer"> & { readonly inside: NonNullable<Observed<"peer">["inside"]> };

/**
 * Minimum quality of an answer that shows that the application serves any client: at least "not found", for a page that
 * does not exist.
 */
const SERVED = 5;

/**
 * Difference that shows that a port serves only local clients; undefined if no answer differs, or if a
 * neighbour was served in each phase. A single page served to a neighbour is enough, since others may be
 * reserved for administrators.
 */
export function filteredPort(trial: TrialFacts, port: number): FilteredPort | undefined {
  for (const name of ["read-only", "writable"] as const) {
    const peers = observed(phaseRun(trial, name).observations, "peer").filter((one) => one.port === port);
    const differing = peers.find(differs);
    if (differing !== undefined && !peers.some(isServed)) return differing;
  }
  return undefined;
}

function differs(event: Observed<"peer">): event is FilteredPort {
  const { outside, inside } = event;
  return inside !== undefined && peerQuality(inside) > peerQuality(outside);
}

function isServed(event: Observed<"peer">): boolean {
  const { outside } = event;
  return isBest(outside) || (peerQuality(outside) >= SERVED && !differs(event));
}
