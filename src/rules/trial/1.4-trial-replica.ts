// On trial, a second replica runs beside the first one (contract 1.4: scaling by processes).
//
//   in a pod of its own, at the same time, it comes up       pass
//   it does not, while the first one does                    fail
//   the first does not either; slow enough that chance may
//   decide; a bound hit                                      unproven

import { fingerprint } from "../../contract/fingerprint.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { causeLine } from "./cause-line.ts";
import { hiddenBy } from "./hidden-by.ts";
import { phaseRun, worked } from "./phase-run.ts";
import { isSlow } from "./slow.ts";
import { trialConditions } from "./trial-conditions.ts";
import { unobserved } from "./unobserved.ts";

const ID = "1.4-trial-replica";

export const trialReplica = defineRule({
  id: ID,
  rows: ["stateless"],
  title: {
    fr: "À l'essai, une seconde réplique fonctionne à côté de la première",
    en: "On trial, a second replica runs beside the first one",
  },
  why: {
    fr: "Kubernetes lance plusieurs répliques d'une application, au moins le temps de chaque redéploiement.",
    en: "Kubernetes runs several replicas of an application, at least during each rollout.",
  },
  remedy: {
    fr: "Ne rien supposer d'unique : ni verrou, ni port fixe, ni fichier partagé.",
    en: "Take nothing to be unique: no lock, no fixed port, no shared file.",
  },
  needs: ["trial"],
  check({ trial }) {
    const runs = [phaseRun(trial, "read-only"), phaseRun(trial, "writable")] as const;
    const up = runs.find(worked);
    if (up === undefined) return unobserved(trial, runs[0]);
    const replica = phaseRun(trial, "replica");
    const hidden = hiddenBy([replica], ["memory", "processes", "output-rate"]);
    if (hidden !== undefined) return hidden;
    if (worked(replica)) {
      const seen = trialConditions(trial);
      return {
        status: "pass",
        proof: {
          fr: `une seconde réplique a fonctionné en même temps, ${seen.fr}`,
          en: `a second replica ran at the same time, ${seen.en}`,
        },
      };
    }
    const failed = replica.state === "exited" || replica.state === "unready";
    if (!failed || replica.exit?.outOfMemory === true || (replica.state === "unready" && isSlow(trial, up))) {
      return unobserved(trial, replica);
    }
    const line = causeLine(replica);
    const said = line === undefined ? "" : ` (${excerpt(line)})`;
    return {
      status: "fail",
      findings: [
        {
          message: {
            fr: `une seconde réplique ne démarre pas à côté de la première${said}`,
            en: `a second replica does not start beside the first one${said}`,
          },
          fingerprint: fingerprint(ID, "start"),
        },
      ],
    };
  },
});
