// The manifest sets UID 0 for no container (contract 1.1; Restricted: runAsUser).
//
//   runAsUser of the pod and of each container     absent, or not 0
//
// From 1.35 on, Restricted admits 0 together with `hostUsers: false`. This rule does not, since the contract forbids root.

import { defineRule } from "../../contract/rule.ts";
import { type Holder, holdersOf } from "./fields/holder.ts";
import { judgeFields, labelOf, ofContainers } from "./fields/judge-fields.ts";
import { lineToRemove } from "./fields/remedy-lines.ts";

const ID = "1.1-run-as-user";
const FIELD = "securityContext.runAsUser";

export const runAsUser = defineRule({
  id: ID,
  rows: ["non-root"],
  title: {
    fr: "Le manifeste ne fixe nulle part l'UID 0",
    en: "The manifest never sets UID 0",
  },
  why: {
    fr: "runAsUser l'emporte sur le USER de l'image : 0 rend root le processus d'une image qui ne l'est pas. « hostUsers: false » n'y change rien pour le contrat : jamais root.",
    en: "runAsUser overrides the image's USER: 0 makes the process of a non-root image root. The contract makes no exception for `hostUsers: false`.",
  },
  remedy: {
    fr: "Retirer runAsUser ou lui donner un UID autre que 0, celui de l'image.",
    en: "Remove runAsUser or give it a UID other than 0, the image's own.",
  },
  needs: ["workload", "cluster"],
  check({ workload }) {
    const fields = holdersOf(workload).map((holder) => ({
      holder,
      name: FIELD,
      wrong: holder.spec.securityContext?.runAsUser === 0 ? root(holder) : undefined,
    }));
    return judgeFields(ID, workload, ofContainers(workload, fields), {
      fr: "ni le pod ni aucun conteneur ne fixent « runAsUser: 0 »",
      en: "neither the pod nor any container sets `runAsUser: 0`",
    });
  },
});

function root(holder: Holder) {
  const label = labelOf(holder, FIELD);
  return {
    value: "0",
    message: { fr: `${label} vaut 0 : c'est root`, en: `${label} is 0: that is root` },
    remedy: lineToRemove(holder, FIELD, "0"),
  };
}
