// The pod has time to end by itself (contract 1.4: disposability).
//
// The grace period begins with the preStop hook; only when that has ended is the stop signal sent.
//
//   terminationGracePeriodSeconds: 0                       fail: killed at once
//   preStop that sleeps as long as the grace period        fail: killed before the stop signal
//   more than ten minutes                                  note: nodes wait for it when they are drained
//   absent: 30 seconds                                     fine

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { containerName, type PlacementFacts, placements } from "../../contract/placement.ts";
import type { HookFacts } from "../../contract/pod-facts.ts";
import { defineRule } from "../../contract/rule.ts";
import {
  invalidAt,
  manifestPlace,
  podField,
  type WorkloadFacts,
  workloadKey,
} from "../../contract/workload-facts.ts";
import { commandName } from "../../shell/wrappers.ts";
import { invalidField } from "../../start/invalid-fields.ts";
import { handlerCommands } from "./health/handler-commands.ts";
import { unprovenBy } from "./pod-security/field.ts";

const ID = "1.4-termination";
const FIELD = "spec.terminationGracePeriodSeconds";
/** Kubernetes' own, in seconds. */
const DEFAULT = 30;
const LONG = 600;
const UNITS = [
  { pattern: /^\d{1,9}(?:\.\d{1,9})?s?$/, seconds: 1 },
  { pattern: /^\d{1,9}(?:\.\d{1,9})?m$/, seconds: 60 },
  { pattern: /^\d{1,9}(?:\.\d{1,9})?h$/, seconds: 3_600 },
  { pattern: /^\d{1,9}(?:\.\d{1,9})?d$/, seconds: 86_400 },
] as const;

export const termination = defineRule({
  id: ID,
  rows: ["stateless"],
  title: {
    fr: "Le pod a le temps de s'arrêter proprement",
    en: "The pod has time to end by itself",
  },
  why: {
    fr: "Après le délai de grâce, le kubelet tue le conteneur : s'il est nul, ou consommé par le hook preStop, les requêtes en cours sont perdues à chaque déploiement.",
    en: "After the grace period the kubelet kills the container: where it is zero, or used up by the preStop hook, requests in flight are lost at every rollout.",
  },
  remedy: {
    fr: "Supprimer terminationGracePeriodSeconds (30 secondes par défaut), ou le porter au-delà de la durée du preStop et des requêtes.",
    en: "Remove terminationGracePeriodSeconds (30 seconds by default), or raise it above the time that preStop and requests take.",
  },
  needs: ["workload"],
  check({ workload }) {
    const containers = placements(workload);
    const grace = workload.pod.spec.terminationGracePeriodSeconds ?? DEFAULT;
    const invalid =
      invalidAt(workload, podField(workload, FIELD)) ??
      invalidField(
        workload,
        containers.map(({ path }) => path),
        ["lifecycle.preStop"],
      );
    if (invalid !== undefined) return unprovenBy(invalid);
    const findings =
      grace < 1
        ? [killed(workload, grace)]
        : containers.flatMap((placement) => sleeps(workload, placement, grace));
    const notes = grace > LONG ? [waits(workload, grace)] : [];
    return outcomeOf(
      { findings, notes },
      { fr: `délai de grâce : ${grace} s`, en: `grace period: ${grace} s` },
    );
  },
});

function killed(workload: WorkloadFacts, grace: number): Finding {
  return {
    message: {
      fr: `terminationGracePeriodSeconds vaut ${grace} : le pod est tué sans recevoir de signal d'arrêt`,
      en: `terminationGracePeriodSeconds is ${grace}: the pod is killed without a stop signal`,
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

function sleeps(workload: WorkloadFacts, placement: PlacementFacts, grace: number): readonly Finding[] {
  const seconds = secondsOf(placement.spec.lifecycle?.preStop ?? {});
  if (seconds < grace) return [];
  const container = containerName(placement);
  return [
    {
      message: {
        fr: `le preStop attend ${seconds} s, et le délai de grâce est de ${grace} s : le conteneur est tué avant de recevoir le signal d'arrêt`,
        en: `preStop waits ${seconds} s, and the grace period is ${grace} s: the container is killed before it gets the stop signal`,
      },
      remedy: {
        fr: `Porter terminationGracePeriodSeconds au-delà de ${seconds}, ou raccourcir l'attente.`,
        en: `Raise terminationGracePeriodSeconds above ${seconds}, or shorten the wait.`,
      },
      fingerprint: fingerprint(ID, workloadKey(workload), container, "preStop"),
      container,
      at: manifestPlace(workload, `${placement.path}.lifecycle.preStop`),
    },
  ];
}

/** How long a hook certainly waits. */
function secondsOf({ sleep, exec }: HookFacts): number {
  if (sleep !== undefined) return sleep.seconds ?? 0;
  let seconds = 0;
  for (const { words, conditions, operator } of handlerCommands(exec?.command ?? [])) {
    if (commandName(words[0]) !== "sleep" || conditions.length > 0 || operator === "&") continue;
    for (const word of words.slice(1)) seconds += duration(word);
  }
  return seconds;
}

/** `5`, `0.5`, `2m`: as sleep(1) of the GNU coreutils takes them; 0 for what is no duration. */
function duration(word: string): number {
  const unit = UNITS.find(({ pattern }) => pattern.test(word));
  return unit === undefined ? 0 : Number.parseFloat(word) * unit.seconds;
}
