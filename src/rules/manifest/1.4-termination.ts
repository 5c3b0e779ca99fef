// The pod has enough time to end by itself (contract 1.4: disposability).
//
// The grace period begins with the preStop hook. The stop signal is sent when the hook or the grace period has
// ended. The kubelet then waits at least 2 s before it kills the container.
//
//   terminationGracePeriodSeconds: 0                       fail: the pod is deleted at once
//   preStop: sleep longer than the grace period            fail: Kubernetes refuses it
//   preStop whose command sleeps at least that long        presumed fail: 2 s are left after the signal
//   more than ten minutes                                  note: draining a node waits for the pod
//   the same of a liveness or startup probe, which replaces the pod's for a container that it ends,
//   and that preStop uses up                               note: the container hangs by then
//   absent: 30 seconds                                     fine

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { containerName, type PlacementFacts, placements } from "../../contract/pod-containers.ts";
import { GRACE_SECONDS } from "../../contract/pod-defaults.ts";
import { defineRule } from "../../contract/rule.ts";
import {
  invalidAt,
  manifestPlace,
  podField,
  type WorkloadFacts,
  workloadKey,
} from "../../contract/workload-facts.ts";
import { hookWait } from "../../start/hook-wait.ts";
import { invalidField } from "../../start/invalid-fields.ts";
import { unprovenBy } from "./fields/judge-fields.ts";

const ID = "1.4-termination";
const FIELD = "spec.terminationGracePeriodSeconds";
const LONG = 600;
/** Probes that end a container, and may give it another grace period. */
const PROBES = ["livenessProbe", "startupProbe"] as const;

export const termination = defineRule({
  id: ID,
  rows: ["stateless"],
  title: {
    fr: "Le pod a le temps de s'arrêter proprement",
    en: "The pod has time to end by itself",
  },
  why: {
    fr: "Après le délai de grâce, le kubelet tue le conteneur : s'il est nul, ou consommé par le hook preStop, il ne reste que 2 s après le signal d'arrêt pour finir les requêtes en cours.",
    en: "After the grace period the kubelet kills the container: where it is zero, or used up by the preStop hook, 2 s after the stop signal are all that requests in flight have left.",
  },
  remedy: {
    fr: "Supprimer terminationGracePeriodSeconds (30 secondes par défaut), ou le porter au-delà de la durée du preStop et des requêtes.",
    en: "Remove terminationGracePeriodSeconds (30 seconds by default), or raise it above the time that preStop and requests take.",
  },
  needs: ["workload"],
  check({ workload }) {
    const containers = placements(workload);
    const grace = workload.pod.spec.terminationGracePeriodSeconds ?? GRACE_SECONDS;
    const invalid =
      invalidAt(workload, podField(workload, FIELD)) ??
      invalidField(
        workload,
        containers.map(({ path }) => path),
        ["lifecycle.preStop", ...PROBES],
      );
    if (invalid !== undefined) return unprovenBy(invalid);
    const waiting = grace < 1 ? [] : containers.filter((one) => waitOf(one) >= grace);
    const findings =
      grace < 1 ? [removed(workload, grace)] : waiting.map((one) => usesUp(workload, one, grace));
    const hanging = containers
      .filter((one) => !waiting.includes(one))
      .flatMap((one) => usedUp(workload, one));
    const notes = [...(grace > LONG ? [waits(workload, grace)] : []), ...hanging];
    return outcomeOf(
      { findings, presumed: grace >= 1 && !waiting.some((one) => isRefused(one, grace)), notes },
      { fr: `délai de grâce : ${grace} s`, en: `grace period: ${grace} s` },
    );
  },
});

function removed(workload: WorkloadFacts, grace: number): Finding {
  return {
    message: {
      fr: `terminationGracePeriodSeconds vaut ${grace} : le pod disparaît aussitôt du cluster, et ses conteneurs sont tués en une ou deux secondes`,
      en: `terminationGracePeriodSeconds is ${grace}: the pod is gone from the cluster at once, and its containers are killed within a second or two`,
    },
    fingerprint: fingerprint(ID, workloadKey(workload), "grace"),
    at: manifestPlace(workload, podField(workload, FIELD)),
  };
}

function waits(workload: WorkloadFacts, grace: number): Finding {
  return {
    message: {
      fr: `terminationGracePeriodSeconds vaut ${grace} : chaque nœud qui se vide attend le pod jusqu'à ${Math.round(grace / 60)} minutes`,
      en: `terminationGracePeriodSeconds is ${grace}: every node that is drained waits for the pod for up to ${Math.round(grace / 60)} minutes`,
    },
    fingerprint: fingerprint(ID, workloadKey(workload), "long"),
    at: manifestPlace(workload, podField(workload, FIELD)),
  };
}

/** Notes about probes whose own grace period is over before preStop. */
function usedUp(workload: WorkloadFacts, placement: PlacementFacts): readonly Finding[] {
  const seconds = waitOf(placement);
  return PROBES.flatMap((probe) => {
    const grace = placement.spec[probe]?.terminationGracePeriodSeconds;
    if (grace === undefined || seconds < grace) return [];
    const container = containerName(placement);
    return {
      message: {
        fr: `le preStop attend ${seconds} s, et ${probe}.terminationGracePeriodSeconds en donne ${grace} : d'un conteneur que cette sonde arrête, l'application n'a que 2 s pour finir`,
        en: `preStop waits ${seconds} s, and ${probe}.terminationGracePeriodSeconds gives ${grace}: in a container that this probe ends, the application has 2 s to finish`,
      },
      fingerprint: fingerprint(ID, workloadKey(workload), container, probe),
      container,
      at: manifestPlace(workload, `${placement.path}.${probe}.terminationGracePeriodSeconds`),
    };
  });
}

function waitOf({ spec }: PlacementFacts): number {
  return hookWait(spec.lifecycle?.preStop ?? {});
}

/**
 * Whether the API server refuses the sleep: the API server compares its own sleep action with the grace
 * period, but cannot see the sleep in a command.
 */
function isRefused(placement: PlacementFacts, grace: number): boolean {
  return placement.spec.lifecycle?.preStop?.sleep !== undefined && waitOf(placement) > grace;
}

function usesUp(workload: WorkloadFacts, placement: PlacementFacts, grace: number): Finding {
  const seconds = waitOf(placement);
  const container = containerName(placement);
  return {
    message: isRefused(placement, grace)
      ? {
          fr: `le preStop attend ${seconds} s, plus que le délai de grâce de ${grace} s : Kubernetes refuse le pod`,
          en: `preStop waits ${seconds} s, more than the grace period of ${grace} s: Kubernetes refuses the pod`,
        }
      : {
          fr: `le preStop attend ${seconds} s, et le délai de grâce est de ${grace} s : après le signal d'arrêt, l'application n'a que les 2 s que le kubelet accorde en plus`,
          en: `preStop waits ${seconds} s, and the grace period is ${grace} s: after the stop signal the application has only the 2 s that the kubelet gives besides`,
        },
    remedy: {
      fr: `Porter terminationGracePeriodSeconds au-delà de ${seconds} et du temps de l'arrêt, ou raccourcir l'attente.`,
      en: `Raise terminationGracePeriodSeconds above ${seconds} and the time that the stop takes, or shorten the wait.`,
    },
    fingerprint: fingerprint(ID, workloadKey(workload), container, "preStop"),
    container,
    at: manifestPlace(workload, `${placement.path}.lifecycle.preStop`),
  };
}
