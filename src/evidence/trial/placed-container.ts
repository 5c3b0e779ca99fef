import type { PlacementFacts, RawPlacement } from "../../contract/pod-containers.ts";
import type { RawWorkload, WorkloadFacts } from "../../contract/workload-facts.ts";

/** A container's place in a manifest. */
export interface PlacedContainer {
  /** Unmasked workload of the manifest, which never enters evidence. */
  readonly workload: RawWorkload;
  readonly placement: RawPlacement;
  /** The same place with its secrets masked. */
  readonly masked: PlacementFacts;
  readonly maskedWorkload: WorkloadFacts;
}
