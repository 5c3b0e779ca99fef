import type { Collected } from "../contract/evidence.ts";
import type { ContainerEvidence } from "../contract/judge.ts";
import { containerName, imagePlacements, type PlacementFacts } from "../contract/pod-containers.ts";
import type { RowId } from "../contract/rows.ts";
import type { JudgedTrial } from "../contract/trial-facts.ts";
import type { Subject, SubjectImage } from "../contract/verdict.ts";
import type { WorkloadFacts } from "../contract/workload-facts.ts";
import type { KnownImage } from "./run/known-image.ts";

/** Rows for an image that is only mounted, about its content and origin: containers may run its files. */
const ROWS_OF_CONTENT: ReadonlySet<RowId> = new Set([
  "no-baked-state",
  "twelve-factor",
  "provenance",
  "sbom",
  "scans",
  "minimal",
  "immutable-tag",
] as const);

export type TrialOf = (placement: PlacementFacts, known: KnownImage) => JudgedTrial | undefined;

export interface WorkloadSubject {
  readonly subject: Subject;
  readonly containers: readonly ContainerEvidence[];
}

/**
 * A workload as a subject, with its containers and image volumes.
 *
 * @param images images by the text in the containers
 * @param trialOf trial of this container, if any
 */
export function workloadSubject(
  workload: WorkloadFacts,
  images: ReadonlyMap<string, KnownImage>,
  trialOf: TrialOf = () => undefined,
): WorkloadSubject {
  const { at, kind, namespace, name, environment } = workload;
  const each = imagePlacements(workload).map((placement) => ({
    placement,
    container: containerName(placement),
    known: images.get(placement.spec.image ?? ""),
  }));
  return {
    subject: {
      name: name === "" ? kind : `${kind}/${name}`,
      images: each.flatMap(({ container, placement, known }) => subjectImage(container, placement, known)),
      workload: {
        at,
        kind,
        ...(namespace === undefined ? {} : { namespace }),
        name,
        ...(environment === undefined ? {} : { environment }),
      },
    },
    containers: each.map(({ container, placement, known }) => ({
      container,
      collected: collectedOf(placement, known, trialOf),
      ...(placement.role === "volume" ? { rows: ROWS_OF_CONTENT } : {}),
    })),
  };
}

function collectedOf(placement: PlacementFacts, known: KnownImage | undefined, trialOf: TrialOf): Collected {
  if (known === undefined) return { placement };
  const { reference, image, sbom, vulnerabilities, attestations } = known;
  if (image === undefined) return { placement, reference };
  const trial = trialOf(placement, known);
  return {
    placement,
    reference,
    image,
    ...(sbom === undefined ? {} : { sbom }),
    ...(vulnerabilities === undefined ? {} : { vulnerabilities }),
    ...(attestations === undefined ? {} : { attestations }),
    ...(trial === undefined ? {} : { trial }),
  };
}

function subjectImage(
  container: string,
  { spec }: PlacementFacts,
  known: KnownImage | undefined,
): readonly SubjectImage[] {
  const { image: reference = "" } = spec;
  if (reference === "") return [];
  if (known?.image === undefined) return [{ container, reference }];
  const { source, digest, imageId, platform } = known.image;
  return [
    {
      container,
      reference,
      ...(source === reference ? {} : { source }),
      ...(digest === undefined ? {} : { digest }),
      imageId,
      platform,
    },
  ];
}
