// No process gains rights that its container lacks (contract 1.1; Restricted: allowPrivilegeEscalation).
//
//   each container's securityContext.allowPrivilegeEscalation     false, explicitly
//   Windows pods (spec.os.name: windows)                          no: the platform runs Linux

import type { ContainerFacts } from "../../contract/pod-facts.ts";
import { defineRule } from "../../contract/rule.ts";
import { isWindowsPod, osPath } from "../../contract/workload-facts.ts";
import { containersOf, type Holder } from "./fields/holder.ts";
import { type Field, judgeFields, ofContainers } from "./fields/judge-fields.ts";
import { lineToAdd, lineToWrite } from "./fields/remedy-lines.ts";
import { windowsPod } from "./fields/windows-pod.ts";

const ID = "1.1-privilege-escalation";
const FIELD = "securityContext.allowPrivilegeEscalation";

export const privilegeEscalation = defineRule({
  id: ID,
  rows: ["no-escalation"],
  title: {
    fr: "Chaque conteneur fixe « allowPrivilegeEscalation: false »",
    en: "Every container sets `allowPrivilegeEscalation: false`",
  },
  why: {
    fr: "Kubernetes permet par défaut qu'un programme setuid rende root un processus qui ne l'était pas. false fait poser no_new_privs par le noyau, et ferme cette voie.",
    en: "By default Kubernetes lets a setuid program make a process root that was not. false has the kernel set no_new_privs, and closes that way.",
  },
  remedy: {
    fr: "Ajouter « allowPrivilegeEscalation: false » au securityContext de chaque conteneur.",
    en: "Add `allowPrivilegeEscalation: false` to the securityContext of every container.",
  },
  needs: ["workload", "cluster"],
  check({ workload }) {
    if (isWindowsPod(workload)) return windowsPod(ID, workload);
    const also = [osPath(workload)];
    const fields = containersOf(workload).map((holder) => ({ ...escalationOf(holder), also }));
    return judgeFields(ID, workload, ofContainers(workload, fields), {
      fr: "chaque conteneur fixe « allowPrivilegeEscalation: false »",
      en: "every container sets `allowPrivilegeEscalation: false`",
    });
  },
});

function escalationOf(holder: Holder<ContainerFacts>): Field {
  const value = holder.spec.securityContext?.allowPrivilegeEscalation;
  if (value === false) return { holder, name: FIELD };
  const wrong =
    value === undefined
      ? {
          value: "absent",
          message: {
            fr: `${FIELD} est absent, et vaut donc true`,
            en: `${FIELD} is not set, so it defaults to true`,
          },
          remedy: lineToAdd(holder, FIELD, "false"),
        }
      : {
          value: "true",
          message: { fr: `${FIELD} vaut true`, en: `${FIELD} is true` },
          remedy: lineToWrite(holder, FIELD, "false"),
        };
  return { holder, name: FIELD, wrong };
}
