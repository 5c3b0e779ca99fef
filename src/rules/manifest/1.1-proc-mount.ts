// /proc stays masked (contract 1.1; Restricted: procMount).
//
//   each container's securityContext.procMount     absent or Default, also with hostUsers: false

import type { ContainerFacts } from "../../contract/pod-facts.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { containersOf, type Holder } from "./fields/holder.ts";
import { type Field, judgeFields, ofContainers } from "./fields/judge-fields.ts";
import { lineToRemove } from "./fields/remedy-lines.ts";

const ID = "1.1-proc-mount";
const FIELD = "securityContext.procMount";

export const procMount = defineRule({
  id: ID,
  rows: ["no-host-access"],
  title: { fr: "/proc reste masqué dans chaque conteneur", en: "/proc stays masked in every container" },
  why: {
    fr: "Les masques par défaut de /proc cachent au conteneur des informations du noyau et l'empêchent d'en changer les réglages.",
    en: "The default masks of /proc hide the kernel's information from the container and keep it from changing the kernel's settings.",
  },
  remedy: {
    fr: "Retirer procMount du securityContext du conteneur.",
    en: "Remove procMount from the container's securityContext.",
  },
  needs: ["workload", "cluster"],
  check({ workload }) {
    const fields = containersOf(workload).map(procMountOf);
    return judgeFields(ID, workload, ofContainers(workload, fields), {
      fr: "aucun conteneur ne fixe procMount à autre chose que Default",
      en: "no container sets procMount to anything but Default",
    });
  },
});

function procMountOf(holder: Holder<ContainerFacts>): Field {
  const value = holder.spec.securityContext?.procMount ?? "Default";
  if (value === "Default") return { holder, name: FIELD };
  const shown = value === "" ? '""' : excerpt(value);
  const message = {
    fr: `${FIELD} vaut ${shown} : seul Default est admis`,
    en: `${FIELD} is ${shown}: only Default is allowed`,
  };
  return { holder, name: FIELD, wrong: { value, message, remedy: lineToRemove(holder, FIELD, shown) } };
}
