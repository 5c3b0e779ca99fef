import type { TrialEvent } from "../contract/trial-events.ts";
import type { TrialObservation } from "../contract/trial-facts.ts";

export type Observed<K extends TrialEvent["kind"]> = Extract<TrialObservation, { readonly kind: K }>;

/** Observations of one kind, in the order of time. */
export function observed<K extends TrialEvent["kind"]>(
  observations: readonly TrialObservation[],
  kind: K,
): readonly Observed<K>[] {
  return observations.filter((one): one is Observed<K> => one.kind === kind);
}
