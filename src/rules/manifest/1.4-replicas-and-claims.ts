// No volume prevents several replicas (contract 1.4: stateless processes).
//
// All pods of a Deployment share a claim; a ReadWriteOnce volume can only be mounted on one node.
//
//   Deployment, replicas > 1 (or a DaemonSet), claim ReadWriteOnce or ReadWriteOncePod   fail
//   the same where an autoscaler of the manifests (HorizontalPodAutoscaler, KEDA) starts two or more   fail
//   an autoscaler that may start two or more                           unproven
//   one replica of a Deployment, claim ReadWriteOncePod, strategy other than Recreate (or than ending the old
//   pod first)                                                         fail: the new pod waits for the old one
//   one replica, the same claim                                        note: the workload cannot be scaled
//   access modes not known: the claim is not among the manifests       note
//   StatefulSet with volumeClaimTemplates: one claim for each pod      note: state in the platform
//   ReadWriteMany, mounted by another workload of the manifests, too   note: the workloads share data
//   ReadWriteMany, ReadOnlyMany; Jobs                                  fine

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { type JudgedOne, outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import {
  type ClaimFacts,
  invalidAt,
  manifestPlace,
  podField,
  type WorkloadFacts,
  workloadKey,
} from "../../contract/workload-facts.ts";
import { overlapsOnRollout } from "../../start/rollout-overlap.ts";
import { unprovenBy } from "./fields/judge-fields.ts";
import { relatedPlace } from "./related-place.ts";

const ID = "1.4-replicas-and-claims";
const FOR_MANY = new Set(["ReadWriteMany", "ReadOnlyMany"]);

export const replicasAndClaims = defineRule({
  id: ID,
  rows: ["stateless"],
  title: {
    fr: "Aucun volume n'empêche de répliquer l'application",
    en: "No volume keeps the application from being replicated",
  },
  why: {
    fr: "Un volume ReadWriteOnce ne se monte que sur un nœud : la seconde réplique reste en attente, et chaque déploiement attend l'arrêt du précédent.",
    en: "A ReadWriteOnce volume is mounted on one node only: the second replica stays pending, and each rollout waits for the previous one to stop.",
  },
  remedy: {
    fr: "Externaliser ces données (base de données, stockage objet), ou utiliser un volume ReadWriteMany.",
    en: "Move these data to a service (database, object storage), or use a ReadWriteMany volume.",
  },
  needs: ["workload"],
  check({ workload }) {
    if (workload.claims.length === 0 || workload.lifetime === "batch") {
      const invalid = invalidAt(workload, podField(workload, "spec.volumes"));
      if (invalid !== undefined && workload.lifetime !== "batch") return unprovenBy(invalid);
      return {
        status: "n/a",
        reason: {
          fr: "pas de volume persistant sur un conteneur de longue durée",
          en: "no persistent volume of a long-running container",
        },
      };
    }
    const invalid = invalidAt(workload, replicasPath(workload));
    if (invalid !== undefined) return unprovenBy(invalid);
    const judged = workload.claims.flatMap((claim) => judge(workload, claim));
    const scaled = workload.claims.some((claim) => isOfOneNode(claim)) ? perhapsScaled(workload) : undefined;
    return outcomeOf(
      sortFindings(judged),
      scaled ?? {
        fr: "aucun volume du manifeste n'est réservé à un seul nœud pour plusieurs replicas",
        en: "no volume of the manifest is bound to one node for several replicas",
      },
    );
  },
});

/** Whether a single claim is for all pods, and its volume for a single node. */
function isOfOneNode({ source, accessModes }: ClaimFacts): boolean {
  return source === "claim" && accessModes !== undefined && !accessModes.some((mode) => FOR_MANY.has(mode));
}

function scalingsOf({ related = [] }: WorkloadFacts) {
  return related.flatMap((object) =>
    object.effect.is === "scaling" ? [{ object, effect: object.effect }] : [],
  );
}

/** Doubt about a workload with one replica that an autoscaler may increase. */
function perhapsScaled(workload: WorkloadFacts) {
  const [scaling] = scalingsOf(workload);
  if (scaling === undefined) return undefined;
  const place = relatedPlace(scaling.object);
  const { maximum } = scaling.effect;
  return {
    status: "unproven",
    doubtful: true,
    reason: {
      fr: `${place} peut lancer jusqu'à ${maximum} replicas, et un volume ne se monte que sur un nœud`,
      en: `${place} may start up to ${maximum} replicas, and a volume is mounted on one node only`,
    },
    settle: {
      fr: "Externaliser ces données ou utiliser un volume ReadWriteMany, ou retirer l'autoscaler.",
      en: "Move these data to a service or use a ReadWriteMany volume, or remove the autoscaler.",
    },
  } as const;
}

/** Note for a volume that another workload mounts, too. */
function shared(workload: WorkloadFacts, claim: ClaimFacts): readonly JudgedOne[] {
  if (claim.sharedWith === undefined) return [];
  const [shown, other] = [excerpt(claim.name), excerpt(claim.sharedWith)];
  const message = {
    fr: `${other} monte aussi le volume ${shown} : chaque application y voit les fichiers et les verrous de l'autre`,
    en: `${other} mounts volume ${shown}, too: each application sees the files and the locks of the other`,
  };
  return [{ refutes: false, finding: finding(workload, claim, message) }];
}

/**
 * Whether an update certainly starts a new pod before the only old pod ends; other controllers may end the
 * old pod first.
 */
function startsBesideOldPod(workload: WorkloadFacts): boolean {
  return ["Deployment", "Rollout"].includes(workload.kind) && overlapsOnRollout(workload);
}

/**
 * Problem of a claim for one pod, if a rollout needs two pods at a time (ReadWriteOncePod: the scheduler
 * admits one).
 */
function rolloutThatHangs(shown: string): { readonly message: Text; readonly remedy: Text } {
  return {
    message: {
      fr: `un seul pod peut utiliser le volume ${shown} (ReadWriteOncePod), et la mise à jour garde l'ancien pod jusqu'à ce que le nouveau soit prêt : elle n'aboutit jamais`,
      en: `only one pod can use volume ${shown} (ReadWriteOncePod), and a rollout keeps the old pod until the new one is ready: it never completes`,
    },
    remedy: {
      fr: "Écrire « strategy.type: Recreate », ou externaliser ces données.",
      en: "Write `strategy.type: Recreate`, or move these data to a service.",
    },
  };
}

/** Replicas that certainly run: those of the workload, or an autoscaler's minimum. */
function leastReplicas(workload: WorkloadFacts): number {
  const { replicas = 1 } = workload;
  return Math.max(replicas, ...scalingsOf(workload).map(({ effect }) => effect.minimum));
}

function judge(workload: WorkloadFacts, claim: ClaimFacts): readonly JudgedOne[] {
  const { name, source, accessModes } = claim;
  // The claim of an ephemeral volume belongs to one pod, and ends with it.
  if (source === "ephemeral") return [];
  const shown = excerpt(name);
  const said = (refutes: boolean, message: Text): readonly JudgedOne[] => [
    { refutes, finding: finding(workload, claim, message) },
  ];
  if (source === "template") {
    return said(false, {
      fr: `chaque pod garde ses données dans le volume ${shown} : cet état reste à la charge de l'équipe`,
      en: `each pod keeps its data in volume ${shown}: that state stays the team's to care for`,
    });
  }
  if (accessModes === undefined) {
    return said(false, {
      fr: `le mode d'accès du volume ${shown} n'est pas connu : son PersistentVolumeClaim n'est pas parmi les manifestes`,
      en: `the access mode of volume ${shown} is not known: its PersistentVolumeClaim is not among the manifests`,
    });
  }
  if (accessModes.some((mode) => FOR_MANY.has(mode))) return shared(workload, claim);
  const modes = excerpt(accessModes.join(", "));
  if (workload.kind === "DaemonSet") {
    return said(true, {
      fr: `le volume ${shown} (${modes}) ne se monte que sur un nœud, et le DaemonSet a un pod sur chacun`,
      en: `volume ${shown} (${modes}) is mounted on one node only, and the DaemonSet has a pod on each`,
    });
  }
  const replicas = leastReplicas(workload);
  if (replicas > 1) {
    return said(true, {
      fr: `le volume ${shown} (${modes}) ne se monte que sur un nœud, pour ${replicas} replicas`,
      en: `volume ${shown} (${modes}) is mounted on one node only, for ${replicas} replicas`,
    });
  }
  if (accessModes.every((mode) => mode === "ReadWriteOncePod") && startsBesideOldPod(workload)) {
    const { message, remedy } = rolloutThatHangs(shown);
    return [{ refutes: true, finding: { ...finding(workload, claim, message), remedy } }];
  }
  return said(false, {
    fr: `le volume ${shown} (${modes}) ne se monte que sur un nœud : l'application ne pourra pas être répliquée`,
    en: `volume ${shown} (${modes}) is mounted on one node only: the application cannot be replicated`,
  });
}

function finding(workload: WorkloadFacts, { name, source }: ClaimFacts, message: Text): Finding {
  const volume = workload.pod.spec.volumes.findIndex(
    ({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === name,
  );
  const path =
    source === "template" || volume === -1
      ? specField(workload, "volumeClaimTemplates")
      : podField(workload, `spec.volumes[${volume}].persistentVolumeClaim`);
  return {
    message,
    fingerprint: fingerprint(ID, workloadKey(workload), name),
    at: manifestPlace(workload, path),
  };
}

function replicasPath(workload: WorkloadFacts): string {
  return specField(workload, "replicas");
}

function specField({ path }: WorkloadFacts, field: string): string {
  return path === "" ? `spec.${field}` : `${path}.spec.${field}`;
}
