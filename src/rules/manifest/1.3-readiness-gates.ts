// The pod's readiness depends only on its probes (contract 1.3: health endpoints).
//
//   readinessGates: no Service calls the pod until a controller sets the condition   unproven
//   none; Jobs                                                                       fine
//
// Source: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-readiness-gate

import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpts } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { invalidAt, podField } from "../../contract/workload-facts.ts";
import { unprovenBy } from "./fields/judge-fields.ts";

/** Conditions shown in the reason. */
const SHOWN = 3;

export const readinessGates = defineRule({
  id: "1.3-readiness-gates",
  rows: ["health"],
  title: {
    fr: "Le pod est prêt quand ses sondes le disent",
    en: "The pod is ready when its probes say so",
  },
  why: {
    fr: "Une readinessGate attend une condition que seul un contrôleur du cluster pose : sans lui, le pod n'est jamais prêt, et aucun Service ne l'appelle.",
    en: "A readinessGate waits for a condition that only a controller of the cluster sets: without it the pod is never ready, and no Service calls it.",
  },
  remedy: {
    fr: "Retirer readinessGates : un contrôleur qui en a besoin l'ajoute lui-même aux pods.",
    en: "Remove readinessGates: a controller that needs one adds it to the pods itself.",
  },
  needs: ["workload"],
  check({ workload }): Outcome {
    if (workload.lifetime === "batch") return { status: "n/a", reason: BATCH };
    const invalid = invalidAt(workload, podField(workload, "spec.readinessGates"));
    if (invalid !== undefined) return unprovenBy(invalid);
    const { readinessGates: gates = [] } = workload.pod.spec;
    // In a Pod that already exists, controllers may have added the gates when it was created.
    if (gates.length === 0 || workload.created === true) return { status: "pass", proof: PROOF };
    const names = gates.map(({ conditionType = "" }) => conditionType);
    const list = excerpts(names, SHOWN);
    return {
      status: "unproven",
      doubtful: true,
      reason: {
        fr: `readinessGates : le pod n'est prêt que si un contrôleur du cluster pose ${list}`,
        en: `readinessGates: the pod is ready only if a controller of the cluster sets ${list}`,
      },
      settle: {
        fr: "Retirer readinessGates : un contrôleur qui en a besoin l'ajoute lui-même aux pods.",
        en: "Remove readinessGates: a controller that needs one adds it to the pods itself.",
      },
    };
  },
});

const BATCH: Text = {
  fr: "tâche batch : rien ne l'appelle",
  en: "a batch task: nothing calls it",
};
const PROOF: Text = { fr: "aucune readinessGate", en: "no readinessGate" };
