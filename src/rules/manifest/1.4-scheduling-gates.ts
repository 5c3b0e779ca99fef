// The pods start by themselves (contract 1.4: processes are stopped and started again at any time).
//
//   schedulingGates: no node gets the pod until a controller removes the gate   unproven
//   none; a pod read from the cluster, to which a controller added gates        fine
//
// Source: https://kubernetes.io/docs/concepts/scheduling-eviction/pod-scheduling-readiness/

import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpts } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { invalidAt, podField } from "../../contract/workload-facts.ts";
import { unprovenBy } from "./fields/judge-fields.ts";

/** Gates shown in the reason. */
const SHOWN = 3;

const REMEDY: Text = {
  fr: "Retirer schedulingGates : un contrôleur qui en a besoin l'ajoute lui-même aux pods.",
  en: "Remove schedulingGates: a controller that needs one adds it to the pods itself.",
};

export const schedulingGates = defineRule({
  id: "1.4-scheduling-gates",
  rows: ["stateless"],
  title: {
    fr: "Les pods démarrent sans attendre un contrôleur",
    en: "The pods start without waiting for a controller",
  },
  why: {
    fr: "Une schedulingGate retient le pod jusqu'à ce qu'un contrôleur du cluster la retire : sans lui, le pod ne démarre jamais, ni au déploiement ni après un arrêt.",
    en: "A schedulingGate holds the pod back until a controller of the cluster removes it: without it the pod never starts, neither when it is deployed nor after a stop.",
  },
  remedy: REMEDY,
  needs: ["workload"],
  check({ workload }): Outcome {
    const invalid = invalidAt(workload, podField(workload, "spec.schedulingGates"));
    if (invalid !== undefined) return unprovenBy(invalid);
    const { schedulingGates: gates = [] } = workload.pod.spec;
    if (gates.length === 0 || workload.created === true) return { status: "pass", proof: PROOF };
    const names = gates.map(({ name = "" }) => name);
    const list = excerpts(names, SHOWN);
    return {
      status: "unproven",
      doubtful: true,
      reason: {
        fr: `schedulingGates : le pod ne démarre que si un contrôleur du cluster retire ${list}`,
        en: `schedulingGates: the pod starts only if a controller of the cluster removes ${list}`,
      },
      settle: REMEDY,
    };
  },
});

const PROOF: Text = { fr: "aucune schedulingGate", en: "no schedulingGate" };
