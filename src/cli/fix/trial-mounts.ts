import { containerName, placements } from "../../contract/placement.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { ImageEvidence } from "../../evidence/file.ts";
import { NO_CONFIG } from "../../evidence/trial/config-lookup.ts";
import { trialSubject } from "../../evidence/trial/subject.ts";
import type { WritablePath } from "../../fix/writable-paths.ts";
import { neededMounts } from "../../rules/trial/needed-mounts.ts";
import { rootWrites } from "../../rules/trial/root-writes.ts";
import { isMasked } from "../../secrets/mask.ts";

/**
 * Where the containers of a workload wrote to their root when they were tried: a trial counts for
 * the image and command that it ran, whatever was mounted then. Where an emptyDir would hide files
 * of the image, none helps.
 *
 * @param images by the text with which manifests name them
 */
export function trialMounts(
  workload: WorkloadFacts,
  images: ReadonlyMap<string, ImageEvidence>,
  trials: readonly TrialFacts[],
): readonly WritablePath[] {
  return placements(workload).flatMap((placement) => {
    const image = images.get(placement.spec.image ?? "")?.image;
    if (image === undefined) return [];
    const { securityContext } = workload.pod.spec;
    const { spec } = placement;
    const subject = trialSubject({ image, spec, securityContext, settings: {}, config: NO_CONFIG });
    const tried = trials.filter((trial) => {
      return trial.imageId === subject.imageId && trial.argv.join("\0") === subject.argv.join("\0");
    });
    const mounts = tried.flatMap((trial) => {
      const { root } = rootWrites(trial, image);
      return neededMounts(trial, root, image).filter(({ hides }) => !hides);
    });
    const paths = new Set(mounts.map(({ path }) => path).filter(isMountPath));
    return [...paths].map((path) => ({ container: containerName(placement), path }));
  });
}

/** As volumeMounts takes it. */
function isMountPath(path: string): boolean {
  return /^\/[^:\0]*[^/:\0]$/.test(path) && !path.split("/").includes("..") && !isMasked(path);
}
