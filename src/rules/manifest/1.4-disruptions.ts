// Pods can be stopped at any time (contract 1.2, 1.4): observations, never a refusal. The contract requires that a
// process can be stopped, which the trial shows. These fields only set how a pod is stopped, and an application with a
// single replica, which the contract admits, is also interrupted by every stop.
//
//   strategy Recreate, or maxUnavailable of all pods, with several replicas      note: users are interrupted
//   a PodDisruptionBudget that allows no eviction                                note: no node can be drained
//   finalizers of the pods; annotations against eviction                         note
//   one replica; a budget that leaves one pod to evict; Jobs                     fine
//
// Percentages are rounded as the controllers do: minAvailable and maxUnavailable of a budget up, maxUnavailable
// of a Deployment down (k8s.io/kubernetes: pkg/controller/disruption, pkg/controller/deployment/util).

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { BudgetEffect, RelatedFacts } from "../../contract/related-facts.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { manifestPlace, podField, type WorkloadFacts, workloadKey } from "../../contract/workload-facts.ts";
import { metadataField } from "./annotation-place.ts";
import { placeOf, relatedTitle } from "./related-place.ts";

const ID = "1.4-disruptions";

export const disruptions = defineRule({
  id: ID,
  rows: ["stateless"],
  title: {
    fr: "Les pods peuvent être arrêtés à tout moment",
    en: "The pods can be stopped at any time",
  },
  why: {
    fr: "La plateforme vide des nœuds et déplace des pods ; ce qui l'en empêche, ou ce qui arrête tous les pods à la fois, interrompt les utilisateurs ou l'exploitation.",
    en: "The platform drains nodes and moves pods; whatever prevents it, or stops all pods at once, interrupts users or operations.",
  },
  remedy: {
    fr: "Laisser une mise à jour remplacer les pods un à un (RollingUpdate), et un PodDisruptionBudget en laisser évincer un (« maxUnavailable: 1 »).",
    en: "Let an update replace the pods one by one (RollingUpdate), and let a PodDisruptionBudget allow one to be evicted (maxUnavailable: 1).",
  },
  needs: ["workload"],
  check({ workload }): Outcome {
    if (workload.lifetime === "batch") return { status: "n/a", reason: BATCH };
    const { related = [] } = workload;
    const notes = [
      ...stoppedAtOnce(workload),
      ...related.flatMap((object) => heldByBudget(workload, object)),
      ...heldByMarks(workload),
    ];
    return { status: "pass", proof: PROOF, ...(notes.length === 0 ? {} : { notes }) };
  },
});

const BATCH: Text = {
  fr: "tâche batch : elle se termine d'elle-même",
  en: "a batch task: it ends by itself",
};
const PROOF: Text = {
  fr: "strategy, PodDisruptionBudget, finalizers et annotations des pods ont été regardés",
  en: "strategy, PodDisruptionBudgets, finalizers and annotations of the pods were looked at",
};

/**
 * Maximum number of replicas: those of the workload, or an autoscaler's maximum; undefined for one pod per
 * node.
 */
function mostReplicas({ kind, replicas = 1, related = [] }: WorkloadFacts): number | undefined {
  if (kind === "DaemonSet") return undefined;
  const scaled = related.map(({ effect }) => (effect.is === "scaling" ? effect.maximum : 0));
  return Math.max(replicas, ...scaled);
}

/** Number of pods expressed by a number or percentage; undefined for other values. */
function podsOf(
  value: string | number,
  replicas: number,
  round: (pods: number) => number,
): number | undefined {
  if (typeof value === "number") return value;
  const percent = /^(\d{1,6})%$/.exec(value)?.[1];
  return percent === undefined ? undefined : round((Number(percent) * replicas) / 100);
}

function stoppedAtOnce(workload: WorkloadFacts): readonly Finding[] {
  const { rollout, kind } = workload;
  const replicas = mostReplicas(workload);
  if (rollout === undefined || (replicas !== undefined && replicas < 2)) return [];
  const { field, value } = rollout;
  const isAll =
    replicas === undefined ? value === "100%" : (podsOf(value, replicas, Math.floor) ?? 0) >= replicas;
  if (value !== "Recreate" && !isAll) return [];
  const [shown, of] = [excerpt(`${field.split(".").at(-1)}: ${value}`), excerpt(kind)];
  return [
    {
      message: {
        fr: `« ${shown} » : une mise à jour du ${of} arrête tous ses pods à la fois, et interrompt les utilisateurs`,
        en: `${shown}: an update of the ${of} stops all of its pods at once and interrupts users`,
      },
      fingerprint: fingerprint(ID, workloadKey(workload), "rollout"),
      at: manifestPlace(workload, field),
    },
  ];
}

function heldByBudget(workload: WorkloadFacts, object: RelatedFacts): readonly Finding[] {
  const { effect } = object;
  if (effect.is !== "disruption-budget" || !allowsNone(effect, mostReplicas(workload))) return [];
  const [title, limit] = [relatedTitle(object), excerpt(`${effect.field}: ${effect.value}`)];
  return [
    {
      message: {
        fr: `${title} (« ${limit} ») ne laisse évincer aucun pod : la plateforme ne peut pas vider le nœud`,
        en: `${title} (${limit}) allows no pod to be evicted: the platform cannot drain the node`,
      },
      fingerprint: fingerprint(ID, workloadKey(workload), object.kind, object.name),
      at: placeOf(object),
    },
  ];
}

/** @param replicas number of replicas; undefined if unknown */
function allowsNone({ field, value }: BudgetEffect, replicas: number | undefined): boolean {
  if (field === "spec.maxUnavailable") return podsOf(value, 100, Math.ceil) === 0;
  if (replicas === undefined) return value === "100%";
  return (podsOf(value, replicas, Math.ceil) ?? 0) >= replicas;
}

/** Annotations by which cluster autoscalers leave a pod alone, with the value that does so. */
const AGAINST_EVICTION: Readonly<Record<string, string>> = {
  "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
  "karpenter.sh/do-not-disrupt": "true",
  "karpenter.sh/do-not-evict": "true",
};

function heldByMarks(workload: WorkloadFacts): readonly Finding[] {
  if (workload.created === true) return [];
  const { annotations, finalizers = [] } = workload.pod;
  const held = Object.entries(AGAINST_EVICTION).filter(([key, value]) => annotations[key] === value);
  const [finalizer] = finalizers;
  return [
    ...held.map(([key]) => ({
      message: {
        fr: `l'annotation ${key} empêche de déplacer le pod`,
        en: `the annotation ${key} keeps the pod from being moved`,
      },
      fingerprint: fingerprint(ID, workloadKey(workload), key),
      at: manifestPlace(workload, metadataField(workload, "annotations", key)),
    })),
    ...(finalizer === undefined
      ? []
      : [
          {
            message: {
              fr: `le finalizer ${excerpt(finalizer)} retient chaque pod supprimé jusqu'à ce qu'un contrôleur le retire`,
              en: `the finalizer ${excerpt(finalizer)} keeps each deleted pod until a controller removes it`,
            },
            fingerprint: fingerprint(ID, workloadKey(workload), "finalizer", finalizer),
            at: manifestPlace(workload, podField(workload, "metadata.finalizers[0]")),
          },
        ]),
  ];
}
