import { isBest, peerQuality } from "../contract/peer-event.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";
import { type Observed, observed } from "./observed.ts";
import { phaseRun } from "./phase-run.ts";

/** An answer that 127.0.0.1 got and a neighbour of the pod did not. */
export type FilteredPort = Observed<"peer"> & { readonly inside: NonNullable<Observed<"peer">["inside"]> };

/** Answers from this quality on show that the application serves whoever asks: it has no such page. */
const SERVED = 5;

/**
 * The difference by which a port serves local peers only; undefined if a neighbour was answered in each phase,
 * or no answer differs. A page of the application that a neighbour gets suffices, since others may be for the
 * administrator.
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
