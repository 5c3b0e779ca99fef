// No container takes a port of the node (contract 1.1; Restricted: hostPorts).
//
//   each container's ports[*].hostPort     absent or 0

import type { ContainerFacts } from "../../contract/pod-facts.ts";
import { defineRule } from "../../contract/rule.ts";
import { containersOf, type Holder } from "./fields/holder.ts";
import { type Field, judgeFields, ofContainers } from "./fields/judge-fields.ts";
import { lineToRemove } from "./fields/remedy-lines.ts";

const ID = "1.1-host-ports";

export const hostPorts = defineRule({
  id: ID,
  rows: ["no-host-access"],
  title: { fr: "Aucun conteneur n'occupe un port du nœud", en: "No container takes a port of its node" },
  why: {
    fr: "Un port du nœud contourne le Service et ses politiques réseau, et empêche deux pods de cohabiter sur le même nœud.",
    en: "A port of the node bypasses the Service and its network policies, and keeps two pods from running on one node.",
  },
  remedy: {
    fr: "Retirer hostPort et exposer le port par un Service.",
    en: "Remove hostPort and expose the port through a Service.",
  },
  needs: ["workload", "cluster"],
  check({ workload }) {
    const fields = containersOf(workload).flatMap(portsOf);
    return judgeFields(ID, workload, ofContainers(workload, fields), {
      fr: "aucun conteneur n'occupe de port du nœud (hostPort)",
      en: "no container takes a port of the node (hostPort)",
    });
  },
});

function portsOf(holder: Holder<ContainerFacts>): readonly Field[] {
  const ports = (holder.spec.ports ?? []).map(({ hostPort = 0 }, index): Field => {
    const name = `ports[${index}].hostPort`;
    if (hostPort === 0) return { holder, name };
    const wrong = {
      value: `${hostPort}`,
      message: {
        fr: `${name} vaut ${hostPort} : le conteneur occupe ce port du nœud`,
        en: `${name} is ${hostPort}: the container takes this port of the node`,
      },
      remedy: lineToRemove(holder, name, `${hostPort}`),
    };
    return { holder, name, wrong };
  });
  return [...ports, { holder, name: "ports[*]" }];
}
