// Every node runs the named image (contract 3.2, recommended): notes.
//
//   imagePullPolicy: Never                                   note: the image must be on the node already
//   IfNotPresent with a moving tag (main, 1.27)              note: nodes run the image that they pulled first
//   absent: Always for latest or no tag, else IfNotPresent   judged as such
//   Always; a digest; a full version                         fine

import { fingerprint } from "../../contract/fingerprint.ts";
import { containerName, imageField } from "../../contract/pod-containers.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { manifestPlace, workloadKey } from "../../contract/workload-facts.ts";
import { type TagKind, tagKind } from "./tags.ts";

const ID = "3.2-pull-policy";
const MOVES: ReadonlySet<TagKind> = new Set(["floating", "partial", "channel"] as const);

export const pullPolicy = defineRule({
  id: ID,
  rows: ["immutable-tag"],
  title: {
    fr: "Tous les nœuds exécutent l'image désignée",
    en: "Every node runs the image that is named",
  },
  why: {
    fr: "Avec IfNotPresent et un tag qui change, chaque nœud garde l'image qu'il a téléchargée le premier : deux répliques n'exécutent plus le même code.",
    en: "With IfNotPresent and a tag that moves, each node keeps the image that it pulled first: two replicas no longer run the same code.",
  },
  remedy: {
    fr: "Désigner l'image par une version complète ou par son empreinte, et laisser imagePullPolicy à IfNotPresent.",
    en: "Name the image by a full version or its digest, and leave imagePullPolicy at IfNotPresent.",
  },
  needs: ["workload", "placement", "reference"],
  check({ workload, placement, reference: { tag, digest } }) {
    const given = placement.spec.imagePullPolicy ?? "";
    const byDefault = digest === undefined && (tag ?? "latest") === "latest" ? "Always" : "IfNotPresent";
    const policy = given === "" ? byDefault : given;
    const message = remark(policy, digest === undefined ? (tag ?? "latest") : undefined);
    const policyField = placement.role === "volume" ? "pullPolicy" : "imagePullPolicy";
    const path = given === "" ? imageField(placement) : `${placement.path}.${policyField}`;
    const note = {
      fingerprint: fingerprint(ID, workloadKey(workload), containerName(placement), policy),
      at: manifestPlace(workload, path),
    };
    const shown = excerpt(policy);
    return {
      status: "pass",
      proof: { fr: `imagePullPolicy en vigueur : ${shown}`, en: `imagePullPolicy in effect: ${shown}` },
      notes: message === undefined ? [] : [{ message, ...note }],
    };
  },
});

/** @param tag absent if the reference has a digest */
function remark(policy: string, tag: string | undefined): Text | undefined {
  if (policy === "Never") {
    return {
      fr: "imagePullPolicy vaut Never : l'image n'est jamais téléchargée, elle doit déjà se trouver sur le nœud",
      en: "imagePullPolicy is Never: the image is never pulled, it has to be on the node already",
    };
  }
  if (policy !== "IfNotPresent" || tag === undefined || !MOVES.has(tagKind(tag))) return undefined;
  const shown = excerpt(tag);
  return {
    fr: `le tag ${shown} change et imagePullPolicy vaut IfNotPresent : chaque nœud garde la première image téléchargée`,
    en: `tag ${shown} moves and imagePullPolicy is IfNotPresent: each node keeps the first image that it pulled`,
  };
}
