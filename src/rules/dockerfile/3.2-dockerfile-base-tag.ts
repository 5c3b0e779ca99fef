// Base images have names whose content does not change (contract 3.2 and 2.1).
//
//   node:latest, in any stage: « ne jamais utiliser le tag latest »             fail
//   FROM node, nginx:stable, python:3-alpine in the final stage                 note
//   no tag and other floating names in a stage that is not kept                 note
//   a digest, 1.2.3-alpine, scratch, a stage, a tag of unknown meaning          silent
//   a name that depends on a build argument without a default                   silent

import type { BaseFacts } from "../../contract/dockerfile-facts.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { type JudgedOne, outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { partsOf } from "../../dockerfile/base-images.ts";
import { placeIn } from "../../dockerfile/places.ts";
import { type BuildableDockerfile, unlessRefused } from "../../dockerfile/unless-refused.ts";
import { tagKind } from "../reference/tags.ts";

const ID = "3.2-dockerfile-base-tag";

export const dockerfileBaseTag = defineRule({
  id: ID,
  rows: ["immutable-tag"],
  title: {
    fr: "Les images de base sont désignées par une version complète ou une empreinte",
    en: "Base images are named by a full version or a digest",
  },
  why: {
    fr: "Sur une base dont le tag change, la même source donne demain une autre image : ni reproduction, ni retour arrière.",
    en: "On a base that moves, the same source gives another image tomorrow: no way to reproduce it, and no rollback.",
  },
  remedy: {
    fr: "Désigner l'image de base par une version en trois parties et son empreinte : « FROM node:22.12.0-alpine@sha256:… », renouvelée par Renovate.",
    en: "Name the base image by a three-part version and its digest: `FROM node:22.12.0-alpine@sha256:…`, renewed by Renovate.",
  },
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) =>
    unlessRefused(facts, (dockerfile) => {
      const { stages, final } = dockerfile;
      const bases = stages.map(({ base }) => base).filter(({ stage }) => stage === undefined);
      const judged = bases.flatMap((base) => judgeBase(dockerfile, base, base.value === final.base.value));
      const proof = {
        fr: `images de base désignées par un tag qui change : ${judged.length}`,
        en: `base images named by a tag that moves: ${judged.length}`,
      };
      return outcomeOf(sortFindings(judged), proof);
    }),
});

function judgeBase(
  dockerfile: BuildableDockerfile,
  { value, unknown, at }: BaseFacts,
  kept: boolean,
): readonly JudgedOne[] {
  const { tag, digest } = partsOf(value);
  if (value === "scratch" || digest !== undefined || unknown.length > 0) return [];
  const kind = tag === "" ? "floating" : tagKind(tag);
  if (kind !== "floating" && !(kind === "partial" && kept)) return [];
  const shown = excerpt(value);
  return [
    {
      refutes: tag === "latest",
      finding: {
        message:
          tag === ""
            ? {
                fr: `l'image de base ${shown} n'a pas de tag : latest est sous-entendu`,
                en: `base image ${shown} has no tag: latest is meant`,
              }
            : {
                fr: `le tag de l'image de base ${shown} change à chaque publication`,
                en: `the tag of base image ${shown} is reused by every release`,
              },
        fingerprint: fingerprint(ID, value),
        at: placeIn(dockerfile, at),
      },
    },
  ];
}
