// The last stage is built on a minimal base (contract 3.1, recommended), judged by the base's name.
//
//   scratch, distroless, Chainguard, *-alpine, chiselled                         pass
//   debian, ubuntu, node:22-slim, python:3.13, nginx:1.27, ubi9, ubi9-minimal…    fail
//   another image, a name that depends on a build argument                       unproven

import { fingerprint } from "../../contract/fingerprint.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { knownBase } from "../../dockerfile/base-images.ts";
import { placeIn } from "../../dockerfile/places.ts";
import { type BuildableDockerfile, unlessRefused } from "../../dockerfile/unless-refused.ts";
import { minimalBase } from "../image/3.1-minimal-base.ts";

const ID = "3.1-dockerfile-base";

export const dockerfileBase = defineRule({
  id: ID,
  rows: ["minimal"],
  title: {
    fr: "L'étape finale repose sur une base minimale, distroless ou scratch",
    en: "The final stage is built on a minimal base, distroless or scratch",
  },
  why: minimalBase.why,
  remedy: minimalBase.remedy,
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) => unlessRefused(facts, (dockerfile) => judge(dockerfile)),
});

function judge(dockerfile: BuildableDockerfile): Outcome {
  const { value, unknown, at } = dockerfile.final.base;
  const known = unknown.length > 0 ? undefined : knownBase(value);
  const shown = excerpt(value);
  if (known === undefined) {
    return {
      status: "unproven",
      reason: {
        fr: `le nom de l'image de base ${shown} ne dit pas ce qu'elle contient`,
        en: `the name of base image ${shown} does not say what it holds`,
      },
    };
  }
  if (known.kind !== "general") {
    return { status: "pass", proof: { fr: `base minimale : ${shown}`, en: `minimal base: ${shown}` } };
  }
  const instead = known.instead ?? "gcr.io/distroless/base-debian12, alpine";
  return {
    status: "fail",
    findings: [
      {
        message: {
          fr: `l'étape finale repose sur une base généraliste : ${shown}`,
          en: `the final stage is built on a general-purpose base: ${shown}`,
        },
        remedy: {
          fr: `Construire l'étape finale sur une base minimale : ${instead}.`,
          en: `Build the final stage on a minimal base: ${instead}.`,
        },
        fingerprint: fingerprint(ID, value),
        at: placeIn(dockerfile, at),
      },
    ],
  };
}
