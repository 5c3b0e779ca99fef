import { containerName, type PlacementFacts, placements } from "../../contract/pod-containers.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { ImageEvidence } from "../../evidence/file.ts";
import { NO_CONFIG } from "../../evidence/trial/namespace-objects.ts";
import { trialSubject } from "../../evidence/trial/subject.ts";
import { type SeenStart, seenStart } from "../../fix/seen-start.ts";
import type { WritablePath } from "../../fix/writable-paths.ts";
import { logMounts } from "../../observations/log-mounts.ts";
import { hasHelped } from "../../observations/proposed-mounts.ts";

/** Container of a workload with the trial of its image and command, with any mounts. */
export interface TriedStart {
  readonly placement: PlacementFacts;
  readonly trial: TrialFacts;
  readonly seen: SeenStart;
}

/**
 * The last trial of each container's image and command.
 *
 * @param images images by the text in the manifests
 */
export function triedStarts(
  workload: WorkloadFacts,
  images: ReadonlyMap<string, ImageEvidence>,
  trials: readonly TrialFacts[],
): readonly TriedStart[] {
  return placements(workload).flatMap((placement) => {
    const image = images.get(placement.spec.image ?? "")?.image;
    if (image === undefined) return [];
    const { securityContext } = workload.pod.spec;
    const { spec } = placement;
    const subject = trialSubject({ image, spec, securityContext, settings: {}, config: NO_CONFIG });
    return trials
      .filter(
        (trial) => trial.imageId === subject.imageId && trial.argv.join("\0") === subject.argv.join("\0"),
      )
      .map((trial) => ({ placement, trial, seen: seenStart(trial, image) }));
  });
}

/** Paths that containers wrote on their root, except where an emptyDir would hide files of the image. */
export function writtenPaths(starts: readonly TriedStart[]): readonly WritablePath[] {
  return starts.flatMap(({ placement, trial, seen }) =>
    seen.mounts.map((path) => ({
      container: containerName(placement),
      path,
      ...(trial.tried === undefined ? {} : ({ exact: true } as const)),
    })),
  );
}

/** Texts about emptyDirs that trials verified, or found insufficient. */
export function triedTexts(starts: readonly TriedStart[]): readonly Text[] {
  return starts.flatMap(({ placement, trial }) => {
    if (trial.tried === undefined) return [];
    const [who, logs] = [excerpt(containerName(placement)), logMounts(trial, trial.tried.mounts)];
    if (!hasHelped(trial)) return [IN_VAIN(who, listed(trial.tried.mounts))];
    const list = listed(trial.tried.mounts.filter((mount) => !logs.includes(mount)));
    return [
      ...(list === "" ? [] : [HELPED(who, list)]),
      ...(logs.length === 0 ? [] : [LOGS(who, listed(logs))]),
    ];
  });
}

function listed(paths: readonly string[]): string {
  return paths.map(excerpt).join(", ");
}

const LOGS = (container: string, list: string): Text => ({
  fr: `[${container}] rien n'est monté sur ${list}, qui n'a reçu que des journaux : les envoyer sur stdout ou stderr.`,
  en: `[${container}] nothing is mounted at ${list}, which took logs alone: send them to stdout or stderr.`,
});
const HELPED = (container: string, list: string): Text => ({
  fr: `[${container}] un emptyDir sur ${list} : essayé sur une racine en lecture seule, où l'application fonctionne ainsi.`,
  en: `[${container}] an emptyDir at ${list}: tried on a read-only root, where the application works so.`,
});
const IN_VAIN = (container: string, list: string): Text => ({
  fr: `[${container}] un emptyDir sur ${list} a été essayé en vain, et n'est pas ajouté : l'application doit écrire ailleurs.`,
  en: `[${container}] an emptyDir at ${list} was tried without success, and is not added: the application has to write elsewhere.`,
});
