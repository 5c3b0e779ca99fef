// No container is privileged (contract 1.1; Restricted: privileged).
//
//   each container's securityContext.privileged     absent or false

import { defineRule } from "../../contract/rule.ts";
import { containersOf, type Holder } from "./fields/holder.ts";
import { judgeFields, ofContainers } from "./fields/judge-fields.ts";
import { lineToRemove } from "./fields/remedy-lines.ts";

const ID = "1.1-privileged";
const FIELD = "securityContext.privileged";

export const privileged = defineRule({
  id: ID,
  rows: ["no-host-access"],
  title: { fr: "Aucun conteneur n'est privilégié", en: "No container is privileged" },
  why: {
    fr: "Un conteneur privilégié a toutes les capacités et tous les périphériques du nœud : en sortir tient en une commande.",
    en: "A privileged container has all capabilities and all devices of the node: leaving it takes one command.",
  },
  remedy: {
    fr: "Retirer « privileged: true » du securityContext du conteneur.",
    en: "Remove `privileged: true` from the container's securityContext.",
  },
  needs: ["workload", "cluster"],
  check({ workload }) {
    const fields = containersOf(workload).map((holder) => ({
      holder,
      name: FIELD,
      wrong: holder.spec.securityContext?.privileged === true ? wrongIn(holder) : undefined,
    }));
    return judgeFields(ID, workload, ofContainers(workload, fields), {
      fr: "aucun conteneur ne fixe « privileged: true »",
      en: "no container sets `privileged: true`",
    });
  },
});

function wrongIn(holder: Holder) {
  return {
    value: "true",
    message: {
      fr: `${FIELD} vaut true : le conteneur a les droits de root sur le nœud`,
      en: `${FIELD} is true: the container has root's rights on the node`,
    },
    remedy: lineToRemove(holder, FIELD, "true"),
  };
}
