// No volume reaches into the node (contract 1.1; Restricted: restrictedVolumes).
//
//   spec.volumes[*]     configMap csi downwardAPI emptyDir ephemeral image persistentVolumeClaim projected secret
//
// The API server turns a volume without a source into an emptyDir. A claim counts as a volume of the node if a
// PersistentVolume of the manifests serves the claim by hostPath or local. This also applies to claims of
// volumeClaimTemplates and of ephemeral volumes.

import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { VolumeFacts } from "../../contract/volume-facts.ts";
import type { ClaimFacts } from "../../contract/workload-facts.ts";
import { type Holder, podOf } from "./fields/holder.ts";
import { type Field, judgeFields } from "./fields/judge-fields.ts";

const ID = "1.1-volume-types";
/** Sources of a volume that Restricted allows. */
export const VOLUME_SOURCES: readonly string[] = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

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
    const claims = workload.claims.flatMap((claim) => claimOf(holder, claim));
    return judgeFields(ID, workload, [...fields, ...claims, { holder, name: "volumes[*]" }], {
      fr: "chaque volume est d'un type que Restricted admet",
      en: "every volume is of a type that Restricted allows",
    });
  },
});

/** Field for a claim whose volume, among the manifests, is a folder of a node: equivalent to a hostPath. */
function claimOf(holder: ReturnType<typeof podOf>, { name, source, onNode }: ClaimFacts): readonly Field[] {
  if (onNode === undefined) return [];
  const index = holder.spec.volumes.findIndex((one) =>
    source === "ephemeral" ? one.name === name : one.persistentVolumeClaim?.claimName === name,
  );
  const [claim, volume] = [excerpt(name), excerpt(onNode)];
  return [
    {
      holder,
      name: index < 0 ? "volumes" : `volumes[${index}]`,
      wrong: {
        value: `claim ${name}`,
        message: {
          fr: `la demande de volume ${claim} mène au PersistentVolume ${volume}, un répertoire du nœud`,
          en: `the claim ${claim} leads to the PersistentVolume ${volume}, a directory of the node`,
        },
        remedy: {
          fr: `Retirer ce PersistentVolume et laisser la plateforme en fournir un par sa classe de stockage.`,
          en: `Remove this PersistentVolume, and let the platform provide one by its storage class.`,
        },
      },
    },
  ];
}

function sourceOf(holder: Holder, { name = "", sources, hostPath }: VolumeFacts, place: string): Field {
  const refused = sources.filter((source) => !VOLUME_SOURCES.includes(source));
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
