import { posix } from "node:path";
import type { Collected } from "../../contract/evidence.ts";
import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import { observed } from "../../observations/observed.ts";
import { notLookedAt } from "../../observations/requests.ts";
import { overlapsOnRollout } from "../../start/rollout-overlap.ts";
import { type LockFile, lockFiles } from "./lock-files.ts";

type Given = Pick<Collected, "placement" | "workload">;

/**
 * Outcome for a container that holds a lock on a claim which several pods mount at once. The second replica
 * of the trial has a volume of its own, so it does not meet the first replica's lock. Undefined without a
 * lock, or if each pod has its own claim, or if only one pod exists at a time.
 */
export function lockedClaim(trial: TrialFacts, given: Given): Outcome | undefined {
  const { workload } = given;
  const mounts = claimMounts(given);
  if (workload === undefined || workload.lifetime === "batch" || mounts.size === 0) return undefined;
  const other = workload.claims.find(({ sharedWith }) => sharedWith !== undefined)?.sharedWith;
  const several = hasSeveralPods(workload);
  if (!several && other === undefined && !overlapsOnRollout(workload)) return undefined;
  const locks = observed(trial.observations, "file-lock").filter(({ area }) => mounts.has(area));
  const lock = locks.find(({ unsure }) => unsure !== true) ?? locks[0];
  if (lock === undefined) {
    const file = lockFiles(trial, workload).find((one) => mounts.has(one.area));
    if (file === undefined) return notLookedAt(trial, "file-locks");
    return notMet(heldFile(file), several ? OWN_VOLUMES : other === undefined ? RECREATE : ownClaim(other));
  }
  const area = excerpt(lock.area);
  const held =
    lock.unsure === true
      ? { fr: `les verrous de ${area} n'ont pas pu être lus`, en: `the locks of ${area} could not be read` }
      : {
          fr: `l'application tient un verrou sur un fichier de ${area}`,
          en: `the application holds a lock on a file of ${area}`,
        };
  return notMet(held, several ? OWN_VOLUMES : other === undefined ? RECREATE : ownClaim(other));
}

function heldFile({ area, path }: LockFile): Text {
  const [file, folder] = [excerpt(path), excerpt(area)];
  return {
    fr: `${file} a la forme d'un fichier de verrou dans ${folder}`,
    en: `${file} has the form of a lock file in ${folder}`,
  };
}

/** Outcome for a lock in a volume that the pods share. */
function notMet(held: Text, settle: Text): Outcome {
  return {
    status: "unproven",
    reason: {
      fr: `non observé : ${held.fr}, un volume que les pods partagent ; la seconde réplique de l'essai, qui a le sien, ne l'a pas rencontré`,
      en: `not observed: ${held.en}, a volume that the pods share; the trial's second replica has its own and did not meet it`,
    },
    settle,
  };
}

const OWN_VOLUMES = {
  fr: "Donner à chaque réplique son volume (volumeClaimTemplates d'un StatefulSet), ou ne garder aucun verrou sur le volume partagé.",
  en: "Give each replica a volume of its own (volumeClaimTemplates of a StatefulSet), or keep no lock on the shared volume.",
};

function ownClaim(other: string): Text {
  const shown = excerpt(other);
  return {
    fr: `Donner à ${shown} un PersistentVolumeClaim à part, ou ne garder aucun verrou sur le volume partagé.`,
    en: `Give ${shown} a PersistentVolumeClaim of its own, or keep no lock on the shared volume.`,
  };
}

const RECREATE = {
  fr: "Écrire strategy.type: Recreate, pour que l'ancien pod s'arrête avant que le nouveau démarre, ou ne garder aucun verrou sur le volume.",
  en: "Write strategy.type: Recreate, so that the old pod ends before the new one starts, or keep no lock on the volume.",
};

/** Paths at which the container mounts claims that do not belong to a single pod. */
function claimMounts({ placement, workload }: Given): ReadonlySet<string> {
  const volumes = workload?.pod.spec.volumes ?? [];
  const names = new Set(
    volumes.flatMap(({ name, sources }) => (sources.includes("persistentVolumeClaim") ? [name] : [])),
  );
  const mounts = (placement?.spec.volumeMounts ?? []).filter(({ name }) => names.has(name));
  return new Set(
    mounts.flatMap(({ mountPath }) => (mountPath === undefined ? [] : posix.resolve("/", mountPath))),
  );
}

function hasSeveralPods({ kind, replicas = 1, related = [] }: WorkloadFacts): boolean {
  if (kind === "DaemonSet") return true;
  return replicas > 1 || related.some(({ effect }) => effect.is === "scaling" && effect.maximum > 1);
}
