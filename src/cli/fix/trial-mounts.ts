import type { ImageFacts } from "../../contract/image-facts.ts";
import { containerName, placements } from "../../contract/placement.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { ImageEvidence } from "../../evidence/file.ts";
import { NO_CONFIG } from "../../evidence/trial/config-lookup.ts";
import { trialSubject } from "../../evidence/trial/subject.ts";
import type { WritablePath } from "../../fix/writable-paths.ts";
import { neededMounts } from "../../rules/trial/needed-mounts.ts";
import { hasHelped } from "../../rules/trial/proposed-mounts.ts";
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
  return appliedTrials(workload, images, trials).flatMap(({ container, image, applied }) =>
    applied.flatMap((trial) => {
      const exact = trial.tried === undefined ? {} : ({ exact: true } as const);
      return mountsOf(trial, image)
        .filter(isMountPath)
        .map((path) => ({ container, path, ...exact }));
    }),
  );
}

/** What to say of the emptyDirs that trials tried: that these are they, or that they were not enough. */
export function triedTexts(
  workload: WorkloadFacts,
  images: ReadonlyMap<string, ImageEvidence>,
  trials: readonly TrialFacts[],
): readonly Text[] {
  return appliedTrials(workload, images, trials).flatMap(({ container, applied }) =>
    applied.flatMap((trial) => {
      if (trial.tried === undefined) return [];
      const [who, list] = [excerpt(container), trial.tried.mounts.map(excerpt).join(", ")];
      return [hasHelped(trial) ? HELPED(who, list) : IN_VAIN(who, list)];
    }),
  );
}

const HELPED = (container: string, list: string): Text => ({
  fr: `[${container}] un emptyDir sur ${list} : essayé sur une racine en lecture seule, où l'application fonctionne ainsi.`,
  en: `[${container}] an emptyDir at ${list}: tried on a read-only root, where the application works so.`,
});
const IN_VAIN = (container: string, list: string): Text => ({
  fr: `[${container}] un emptyDir sur ${list} a été essayé en vain, et n'est pas ajouté : l'application doit écrire ailleurs.`,
  en: `[${container}] an emptyDir at ${list} was tried in vain, and is not added: the application has to write elsewhere.`,
});

/** The trials of each container's image and command, whatever was mounted then. */
function appliedTrials(
  workload: WorkloadFacts,
  images: ReadonlyMap<string, ImageEvidence>,
  trials: readonly TrialFacts[],
) {
  return placements(workload).flatMap((placement) => {
    const image = images.get(placement.spec.image ?? "")?.image;
    if (image === undefined) return [];
    const { securityContext } = workload.pod.spec;
    const { spec } = placement;
    const subject = trialSubject({ image, spec, securityContext, settings: {}, config: NO_CONFIG });
    const applied = trials.filter((trial) => {
      return trial.imageId === subject.imageId && trial.argv.join("\0") === subject.argv.join("\0");
    });
    return [{ container: containerName(placement), image, applied }];
  });
}

/** What the trial itself tried, and only if it helped; of an older one, what it would have had to try. */
function mountsOf(trial: TrialFacts, image: ImageFacts): readonly string[] {
  if (trial.tried !== undefined) return hasHelped(trial) ? trial.tried.mounts : [];
  const { root } = rootWrites(trial, image);
  return neededMounts(trial, root, image)
    .filter(({ hides }) => !hides)
    .map(({ path }) => path);
}

/** As volumeMounts takes it. */
function isMountPath(path: string): boolean {
  return /^\/[^:\0]*[^/:\0]$/.test(path) && !path.split("/").includes("..") && !isMasked(path);
}
