// ENV contains neither an address nor the name of one environment (contract 1.4: settings that vary by
// environment are injected at start). A manifest can override the variable, so an image is only presumed to be bound
// to the environment, unless the host's name contains the environment's name.
//
//   API_URL=https://api.recette.portail.fr, DB_HOST=pg-prod.interne                    fail
//   API_URL=https://api.portail.fr, DATABASE_HOST=pg1.interne, KEYCLOAK_URL=…          fail, presumed
//   a host that may be named for an environment (rec, int, dev); its URL in any variable  fail, presumed
//   APP_ENV=recette, SPRING_PROFILES_ACTIVE=preprod                                    fail, presumed
//   APP_ENV=prod, NODE_ENV=production: modes of frameworks                             silent
//   the same where the manifest sets the variable                                      silent
//   MAIN_CLASS=fr.corp.prod.Main, DJANGO_SETTINGS_MODULE=portail.prod.settings, CONFIG=app.prod.properties   silent
//   a host of one word, localhost, downloads, mirrors, registries, proxies, services that all
//     environments share (Sentry, maps, Matomo, public APIs), values that bundlers inline (1.4-no-build-arguments)   silent

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type Certainty, environmentAddress, isOneEnvironment } from "./environment-address.ts";

const ID = "1.4-environment-addresses";

export const environmentAddresses = defineRule({
  id: ID,
  rows: ["no-baked-state", "env-config"],
  title: {
    fr: "ENV ne donne l'adresse d'aucun environnement",
    en: "ENV gives no address of one environment",
  },
  why: {
    fr: "Une adresse inscrite dans l'image est celle d'un environnement : déployée ailleurs sans cette variable, l'application parle à la mauvaise base ou à la mauvaise API.",
    en: "An address written into the image is that of one environment: deployed elsewhere without this variable, the application talks to the wrong database or API.",
  },
  remedy: {
    fr: "Retirer la variable du Dockerfile et l'injecter au lancement : env, envFrom ou un fichier monté depuis un ConfigMap.",
    en: "Take the variable out of the Dockerfile and inject it at start: env, envFrom, or a file mounted from a ConfigMap.",
  },
  needs: ["image"],
  uses: ["placement"],
  check({ image, placement }) {
    const given = new Set((placement?.spec.env ?? []).map(({ name }) => name));
    const found = image.config.env.flatMap((entry) => {
      const [name = ""] = entry.split("=", 1);
      const value = entry.slice(name.length + 1);
      const sign = given.has(name) ? undefined : environmentSign(name, value);
      return sign === undefined ? [] : [{ ...sign, finding: findingOf(sign, name, value) }];
    });
    return outcomeOf(
      {
        findings: found.map(({ finding }) => finding),
        presumed: found.every(({ certainty }) => certainty === "presumed"),
      },
      {
        fr: `aucune adresse propre à un environnement parmi les ${image.config.env.length} variables d'ENV`,
        en: `no address of one environment among the ${image.config.env.length} variables of ENV`,
      },
    );
  },
});

/** Variable of ENV that points to one environment. */
export interface EnvironmentSign {
  readonly what: "address" | "name";
  readonly certainty: Certainty;
}

export function environmentSign(name: string, value: string): EnvironmentSign | undefined {
  const certainty = environmentAddress(name, value);
  if (certainty !== undefined) return { what: "address", certainty };
  return isOneEnvironment(name, value) ? { what: "name", certainty: "presumed" } : undefined;
}

/** Text after `ENV NAME=value`. */
export const SHOWS: Readonly<Record<EnvironmentSign["what"], Text>> = {
  address: {
    fr: "adresse d'un environnement, inscrite dans l'image",
    en: "the address of one environment, written into the image",
  },
  name: {
    fr: "nom d'un environnement, inscrit dans l'image",
    en: "the name of one environment, written into the image",
  },
};

function findingOf({ what }: EnvironmentSign, name: string, value: string): Finding {
  const shown = `${excerpt(name)}=${excerpt(value)}`;
  return {
    message: { fr: `ENV ${shown} : ${SHOWS[what].fr}`, en: `ENV ${shown}: ${SHOWS[what].en}` },
    fingerprint: fingerprint(ID, name, value),
    at: { path: `config.Env[${name}]` },
  };
}
