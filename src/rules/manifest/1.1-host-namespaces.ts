// The pod has its own namespaces for network, processes and IPC (contract 1.1; Restricted: hostNamespaces).
//
//   spec.hostNetwork  spec.hostPID  spec.hostIPC     absent or false

import { defineRule } from "../../contract/rule.ts";
import type { Text } from "../../contract/text.ts";
import { podOf } from "./fields/holder.ts";
import { judgeFields, labelOf } from "./fields/judge-fields.ts";
import { lineToRemove } from "./fields/remedy-lines.ts";

const ID = "1.1-host-namespaces";

/** Namespaces that the pod shares with its node. */
const SHARED = {
  hostNetwork: { fr: "le réseau du nœud", en: "the node's network" },
  hostPID: { fr: "les processus du nœud", en: "the node's processes" },
  hostIPC: { fr: "les communications inter-processus du nœud", en: "the node's inter-process communication" },
} as const satisfies Record<string, Text>;

export const hostNamespaces = defineRule({
  id: ID,
  rows: ["no-host-access"],
  title: {
    fr: "Le pod ne partage aucun espace de noms avec son nœud",
    en: "The pod shares no namespace with its node",
  },
  why: {
    fr: "Dans un espace de noms du nœud, un conteneur atteint les services locaux du nœud, voit ses processus et leur mémoire partagée : l'isolation du pod n'existe plus.",
    en: "In a namespace of the node a container reaches the node's local services and sees its processes and their shared memory: nothing isolates the pod any more.",
  },
  remedy: {
    fr: "Retirer hostNetwork, hostPID et hostIPC de la spec du pod.",
    en: "Remove hostNetwork, hostPID and hostIPC from the pod's spec.",
  },
  needs: ["workload", "cluster"],
  check({ workload }) {
    const holder = podOf(workload);
    const fields = (Object.keys(SHARED) as (keyof typeof SHARED)[]).map((name) => {
      const label = labelOf(holder, name);
      const wrong = {
        value: "true",
        message: {
          fr: `${label} vaut true : le pod partage ${SHARED[name].fr}`,
          en: `${label} is true: the pod shares ${SHARED[name].en}`,
        },
        remedy: lineToRemove(holder, name, "true"),
      };
      return { holder, name, wrong: holder.spec[name] === true ? wrong : undefined };
    });
    return judgeFields(ID, workload, fields, {
      fr: "hostNetwork, hostPID et hostIPC ne valent pas true",
      en: "hostNetwork, hostPID and hostIPC are not true",
    });
  },
});
