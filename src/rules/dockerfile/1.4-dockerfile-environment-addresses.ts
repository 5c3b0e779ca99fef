// ENV of the Dockerfile contains neither an address nor the name of one environment (contract 1.4). The criteria
// are those of 1.4-environment-addresses for images.
//
//   ENV API_URL=https://api.recette.portail.fr            fail
//   ENV API_URL=https://api.portail.fr, APP_ENV=recette   presumed fail
//   a value that is not known in full, a stage that is not part of the image, APP_ENV=prod,
//     public APIs, registries, proxies                    silent

import type { DeclaredVariable } from "../../contract/dockerfile-facts.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { placeIn } from "../../dockerfile/places.ts";
import { type BuildableDockerfile, unlessRefused } from "../../dockerfile/unless-refused.ts";
import {
  type EnvironmentSign,
  environmentAddresses,
  environmentSign,
  SHOWS,
} from "../image/1.4-environment-addresses.ts";

const ID = "1.4-dockerfile-environment-addresses";

export const dockerfileEnvironmentAddresses = defineRule({
  id: ID,
  rows: ["no-baked-state", "env-config"],
  title: {
    fr: "ENV du Dockerfile ne donne l'adresse d'aucun environnement",
    en: "ENV of the Dockerfile gives no address of one environment",
  },
  why: environmentAddresses.why,
  remedy: environmentAddresses.remedy,
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) =>
    unlessRefused(facts, (dockerfile) => {
      const found = dockerfile.final.env.flatMap((variable) => {
        const { name, value, unknown } = variable;
        const sign = unknown.length > 0 ? undefined : environmentSign(name, value);
        return sign === undefined ? [] : [{ ...sign, finding: findingOf(dockerfile, variable, sign) }];
      });
      return outcomeOf(
        {
          findings: found.map(({ finding }) => finding),
          presumed: found.every(({ certainty }) => certainty === "presumed"),
        },
        {
          fr: "aucune adresse ni aucun nom d'un environnement dans ENV",
          en: "neither address nor name of one environment in ENV",
        },
      );
    }),
});

function findingOf(
  dockerfile: BuildableDockerfile,
  { name, value, at }: DeclaredVariable,
  { what }: EnvironmentSign,
): Finding {
  const shown = `${excerpt(name)}=${excerpt(value)}`;
  return {
    message: { fr: `ENV ${shown} : ${SHOWS[what].fr}`, en: `ENV ${shown}: ${SHOWS[what].en}` },
    fingerprint: fingerprint(ID, name, value),
    at: placeIn(dockerfile, at),
  };
}
