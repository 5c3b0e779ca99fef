// No volume reaches into the node (contract 1.1; Restricted: restrictedVolumes).
//
//   spec.volumes[*]     configMap csi downwardAPI emptyDir ephemeral image persistentVolumeClaim projected secret
//
// A volume without a source is an emptyDir: the API server makes it one.

import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { VolumeFacts } from "../../contract/volume-facts.ts";
import { type Field, judgeFields } from "./pod-security/field.ts";
import { type Holder, podOf } from "./pod-security/holder.ts";

const ID = "1.1-volume-types";
const ALLOWED: ReadonlySet<string> = new Set([
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
]);

export const volumeTypes = defineRule({
  id: ID,
  rows: ["no-host-access"],
  title: {
    fr: "Aucun volume n'est d'un type qui donne accès au nœud",
    en: "No volume is of a type that reaches into the node",
  },
  why: {
    fr: "Un hostPath donne au conteneur les fichiers du nœud ; les types de stockage déclarés dans le pod contournent les PersistentVolumes que la plateforme contrôle.",
    en: "A hostPath gives the node's files to the container; kinds of storage declared in the pod bypass the PersistentVolumes that the platform controls.",
  },
  remedy: {
    fr: "Remplacer ce volume par un emptyDir, un configMap, un secret ou un persistentVolumeClaim.",
    en: "Replace the volume by an emptyDir, a configMap, a secret or a persistentVolumeClaim.",
  },
  needs: ["workload", "cluster"],
  check({ workload }) {
    const holder = podOf(workload);
    const fields = holder.spec.volumes.map((volume, index) => sourceOf(holder, volume, `volumes[${index}]`));
    return judgeFields(ID, workload, [...fields, { holder, name: "volumes[*]" }], {
      fr: "chaque volume est d'un type que Restricted admet",
      en: "every volume is of a type that Restricted allows",
    });
  },
});

function sourceOf(holder: Holder, { name = "", sources, hostPath }: VolumeFacts, place: string): Field {
  const refused = sources.filter((source) => !ALLOWED.has(source));
  if (refused.length === 0) return { holder, name: place };
  const shown = excerpt(refused.join(", "));
  const path = hostPath?.path === undefined ? "" : ` (${excerpt(hostPath.path)})`;
  const volume = excerpt(name);
  return {
    holder,
    name: place,
    wrong: {
      value: [name, ...refused].join(","),
      message: {
        fr: `le volume ${volume} est de type ${shown}${path}, que Restricted n'admet pas`,
        en: `the volume ${volume} is of type ${shown}${path}, which Restricted does not allow`,
      },
      remedy: {
        fr: `Remplacer la source du volume ${volume} par « emptyDir: {} », un configMap, un secret ou un persistentVolumeClaim.`,
        en: `Replace the source of volume ${volume} by \`emptyDir: {}\`, a configMap, a secret or a persistentVolumeClaim.`,
      },
    },
  };
}
