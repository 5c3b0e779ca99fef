// Every container drops all capabilities (contract 1.1; Restricted: capabilities).
//
//   each container's securityContext.capabilities.drop     contains "ALL", in capitals
//   …capabilities.add                                      only "NET_BIND_SERVICE"
//   Windows pods (spec.os.name: windows)                   no: the platform runs Linux

import type { ContainerFacts } from "../../contract/pod-facts.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { isWindowsPod, osPath } from "../../contract/workload-facts.ts";
import { containersOf, type Holder } from "./fields/holder.ts";
import { type Field, judgeFields, ofContainers } from "./fields/judge-fields.ts";
import { lineToAdd, lineToWrite } from "./fields/remedy-lines.ts";
import { windowsPod } from "./fields/windows-pod.ts";

const ID = "1.1-capabilities";
const DROP = "securityContext.capabilities.drop";
const ADD = "securityContext.capabilities.add";
const ADDABLE = "NET_BIND_SERVICE";

export const capabilities = defineRule({
  id: ID,
  rows: ["no-escalation"],
  title: {
    fr: "Chaque conteneur abandonne toutes les capacités Linux (drop ALL)",
    en: "Every container drops all Linux capabilities (drop ALL)",
  },
  why: {
    fr: "Le moteur laisse à un conteneur une dizaine de capacités (CHOWN, SETUID, NET_RAW…) dont une application n'a pas l'usage, et qui servent à qui l'a compromise. Seul NET_BIND_SERVICE, pour les ports inférieurs à 1024, peut être rendu.",
    en: "The engine leaves some ten capabilities to a container (CHOWN, SETUID, NET_RAW…) that an application has no use for, and that serve whoever broke into it. Only NET_BIND_SERVICE, for ports below 1024, may be given back.",
  },
  remedy: {
    fr: "Ajouter « capabilities: { drop: [ALL] } » au securityContext de chaque conteneur.",
    en: "Add `capabilities: { drop: [ALL] }` to the securityContext of every container.",
  },
  needs: ["workload", "cluster"],
  check({ workload }) {
    if (isWindowsPod(workload)) return windowsPod(ID, workload);
    const also = [osPath(workload)];
    const fields = containersOf(workload)
      .flatMap((holder) => [dropOf(holder), ...addsOf(holder)])
      .map((field) => ({ ...field, also }));
    return judgeFields(ID, workload, ofContainers(workload, fields), {
      fr: "chaque conteneur abandonne ALL et n'ajoute rien d'autre que NET_BIND_SERVICE",
      en: "every container drops ALL and adds nothing but NET_BIND_SERVICE",
    });
  },
});

function dropOf(holder: Holder<ContainerFacts>): Field {
  const drop = holder.spec.securityContext?.capabilities?.drop;
  if (drop === undefined) {
    const message = {
      fr: `${DROP} est absent : le conteneur garde des capacités`,
      en: `${DROP} is not set: the container keeps capabilities`,
    };
    const wrong = { value: "absent", message, remedy: lineToAdd(holder, DROP, "[ALL]") };
    return { holder, name: DROP, wrong };
  }
  if (drop.includes("ALL")) return { holder, name: DROP };
  const shown = `[${excerpt(drop.join(", "))}]`;
  const message = {
    fr: `${DROP} vaut ${shown}, sans ALL (en majuscules) : le conteneur garde des capacités`,
    en: `${DROP} is ${shown}, without ALL (in capitals): the container keeps capabilities`,
  };
  const wrong = { value: drop.join(","), message, remedy: lineToWrite(holder, DROP, "[ALL]") };
  return { holder, name: DROP, wrong };
}

function addsOf(holder: Holder<ContainerFacts>): readonly Field[] {
  const added = holder.spec.securityContext?.capabilities?.add ?? [];
  const fields = added
    .filter((capability) => capability !== ADDABLE)
    .map((capability): Field => {
      const shown = capability === "" ? '""' : excerpt(capability);
      const wrong = {
        value: capability,
        message: {
          fr: `${ADD} contient ${shown} : seul ${ADDABLE} est admis`,
          en: `${ADD} holds ${shown}: only ${ADDABLE} is allowed`,
        },
        remedy: {
          fr: `Retirer ${shown} de ${ADD}.`,
          en: `Remove ${shown} from ${ADD}.`,
        },
      };
      return { holder, name: ADD, wrong };
    });
  return [...fields, { holder, name: ADD }];
}
