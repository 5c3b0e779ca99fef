// The application is reached from outside its pod (contract 1.3: it listens on 0.0.0.0).
//
// A manifest cannot show the addresses on which a program listens; only a trial can.
//
//   batch (Job, CronJob, a pod that ends), init and debugging containers    n/a
//   every other container                                                   unproven

import { defineRule } from "../../contract/rule.ts";
import { isLongRunning, SERVES_NOTHING } from "../start/long-running.ts";

export const serves = defineRule({
  id: "1.3-serves",
  rows: ["bind-all"],
  title: {
    fr: "L'application est joignable hors de son pod",
    en: "The application can be reached from outside its pod",
  },
  why: {
    fr: "Le Service et les sondes du kubelet s'adressent à l'adresse du pod : ce qui n'écoute que sur localhost ne les entend pas.",
    en: "The Service and the kubelet's probes call the pod's address: what listens on localhost only does not hear them.",
  },
  remedy: { fr: "Écouter sur 0.0.0.0.", en: "Listen on 0.0.0.0." },
  needs: ["workload", "placement"],
  check(evidence) {
    if (!isLongRunning(evidence)) return SERVES_NOTHING;
    return {
      status: "unproven",
      reason: {
        fr: "seul un essai de l'image montre sur quelles adresses elle écoute",
        en: "only a trial of the image shows on which addresses it listens",
      },
    };
  },
});
