// No Windows container is a process of its node (contract 1.1; Restricted: windowsHostProcess).
//
//   windowsOptions.hostProcess of the pod and of each container     absent or false

import { defineRule } from "../../contract/rule.ts";
import { type Holder, holdersOf } from "./fields/holder.ts";
import { judgeFields, labelOf, ofContainers } from "./fields/judge-fields.ts";
import { lineToRemove } from "./fields/remedy-lines.ts";

const ID = "1.1-windows-host-process";
const FIELD = "securityContext.windowsOptions.hostProcess";

export const windowsHostProcess = defineRule({
  id: ID,
  rows: ["no-host-access"],
  title: {
    fr: "Aucun conteneur Windows n'est un processus du nœud (HostProcess)",
    en: "No Windows container is a process of its node (HostProcess)",
  },
  why: {
    fr: "Un conteneur HostProcess s'exécute sur le nœud Windows sans isolation : c'est l'équivalent d'un conteneur privilégié.",
    en: "A HostProcess container runs on the Windows node without isolation: it is the like of a privileged container.",
  },
  remedy: {
    fr: "Retirer « hostProcess: true » de windowsOptions.",
    en: "Remove `hostProcess: true` from windowsOptions.",
  },
  needs: ["workload", "cluster"],
  check({ workload }) {
    const fields = holdersOf(workload).map((holder) => ({
      holder,
      name: FIELD,
      wrong: holder.spec.securityContext?.windowsOptions?.hostProcess === true ? wrongIn(holder) : undefined,
    }));
    return judgeFields(ID, workload, ofContainers(workload, fields), {
      fr: "ni le pod ni aucun conteneur ne fixent « hostProcess: true »",
      en: "neither the pod nor any container sets `hostProcess: true`",
    });
  },
});

function wrongIn(holder: Holder) {
  const label = labelOf(holder, FIELD);
  return {
    value: "true",
    message: {
      fr: `${label} vaut true : le conteneur s'exécute sur le nœud, sans isolation`,
      en: `${label} is true: the container runs on the node, without isolation`,
    },
    remedy: lineToRemove(holder, FIELD, "true"),
  };
}
