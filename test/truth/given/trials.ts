import { objectSource } from "../../../src/assess/trials/object-source.ts";
import type { ImageFacts } from "../../../src/contract/image-facts.ts";
import { containerName, type PlacementFacts, placements } from "../../../src/contract/pod-containers.ts";
import type { TrialFacts } from "../../../src/contract/trial-facts.ts";
import type { WorkloadFacts } from "../../../src/contract/workload-facts.ts";
import type { EvidencePiece } from "../../../src/evidence/file.ts";
import { boundSettings } from "../../../src/evidence/trial/inputs/bound-settings.ts";
import { NO_OBJECTS } from "../../../src/evidence/trial/namespace-objects.ts";
import { settingsFor } from "../../../src/evidence/trial/settings.ts";
import { trialFacts } from "../../fixtures/trial-facts.ts";
import { inFile } from "../../fixtures/workload-facts.ts";
import type { Given } from "./given.ts";

/** The trials of a case, each bound to the very image, command, variables and mounts that it is given for. */
export function trialsOf(
  given: Given,
  cwd: string,
  evidence: readonly EvidencePiece[],
): readonly EvidencePiece[] {
  const images = evidence.filter((piece) => piece.kind === "image");
  const ofImages = images
    .filter(({ alone }) => alone === true)
    .flatMap(({ image }) => trialOf(given, cwd, image));
  const ofWorkloads = evidence
    .filter((piece) => piece.kind === "workload")
    .flatMap(({ workload }) =>
      placements(workload).flatMap((placement) => {
        const named = images.find(({ reference }) => reference.given === placement.spec.image);
        if (named === undefined) return [];
        const beside = placements(workload)
          .filter((one) => one.path !== placement.path && one.role !== "ephemeral")
          .flatMap((one) => {
            const other = images.find(({ reference }) => reference.given === one.spec.image);
            return other === undefined ? [] : [{ name: containerName(one), imageId: other.image.imageId }];
          });
        return trialOf(given, cwd, named.image, { workload, placement, beside });
      }),
    );
  return [...ofImages, ...ofWorkloads];
}

interface Placed {
  readonly workload: WorkloadFacts;
  readonly placement: PlacementFacts;
  /** The others of its pod, which ran as well. */
  readonly beside: NonNullable<TrialFacts["beside"]>;
}

function trialOf(given: Given, cwd: string, image: ImageFacts, placed?: Placed): readonly EvidencePiece[] {
  const name = placed && containerName(placed.placement);
  const sketch = given.trials?.[name ?? ""] ?? given.trial;
  if (sketch === undefined) return [];
  const objects = placed === undefined ? NO_OBJECTS : objectSource(cwd, Buffer.alloc(0))(placed.workload);
  const { subject } = boundSettings({
    facts: image,
    objects,
    settings: settingsFor(given.trialSettings ?? {}, name),
    ...(placed === undefined
      ? {}
      : { placed: { ...placed, masked: placed.placement, maskedWorkload: placed.workload } }),
  });
  const { beside = [] } = placed ?? {};
  const others = beside.length === 0 ? {} : { beside };
  const trial = trialFacts({ ...sketch, facts: { ...subject, ...sketch.facts, ...others } });
  const origin = { by: "handed-in", file: "trial.json", douane: "0.1.0" } as const;
  if (placed === undefined) return [{ kind: "trial", origin, trial }];
  const { workload, placement } = placed;
  const ranAs = { ...inFile(workload), path: placement.path };
  return [{ kind: "trial", origin, trial, ranAs }];
}
