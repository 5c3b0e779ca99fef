import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { ImageEvidence } from "../../evidence/file.ts";
import type { NamedImage } from "../../evidence/named-images.ts";
import type { KnownImage } from "../workload-subject.ts";

/** The images of a run, known when they are asked for. */
export interface Images {
  /** What is known of the images that a workload names, by the text there; without `image`, one was not read. */
  of(workload: WorkloadFacts): Promise<ReadonlyMap<string, KnownImage>>;
  /** The images that the user named, in their order: undefined for one that could not be read. */
  readonly given: readonly (() => Promise<ImageEvidence | undefined>)[];
  /** The workload has been judged: what nobody else needs is let go. */
  release(workload: WorkloadFacts): void;
  close(): Promise<void>;
}

/** Images of which is known what was known before: nothing is read. */
export function imagesAtHand(
  named: ReadonlyMap<string, NamedImage>,
  read: readonly ImageEvidence[],
  given: readonly ImageEvidence[],
): Images {
  const known = new Map<string, KnownImage>(named);
  for (const evidence of read) known.set(evidence.reference.given, evidence);
  return {
    of: async () => known,
    given: given.map((evidence) => async () => evidence),
    release: () => {},
    close: async () => {},
  };
}
