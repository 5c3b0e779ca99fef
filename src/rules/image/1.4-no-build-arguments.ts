// No build argument fixes an environment (contract 1.4: one image for all environments).
//
// NEXT_PUBLIC_*, VITE_* and similar variables are inlined into the bundle: an image built with the address of an API
// serves one environment. Their values are in ENV and, with BuildKit and the classic builder, in the history
// (`RUN |3 NEXT_PUBLIC_SITE_URL=https://…`). Arguments of a discarded stage leave no trace.
//
// The fail is presumed: only the repository shows whether other environments have another value.
//
//   an inlined variable with a URL, a host or an environment's name               presumed fail
//   a build argument API_URL, SITE_HOST, APP_DOMAIN… with a URL or host           presumed fail
//   ENVIRONMENT=recette as a build argument                                       presumed fail
//   a command that builds for an environment: --mode recette, VITE_MODE=recette, -Precette  presumed fail
//   the address of a service that all environments share: MATOMO_URL, SENTRY_HOST   note
//   an inlined variable with another literal value (a title, an identifier)       note
//   values that a start script replaces: __NEXT_PUBLIC_X__, APP_NEXT_PUBLIC_X     note
//   HTTP_PROXY, HTTPS_PROXY                                                        note
//   a BASE_URL that contains the version in another argument (a download)         silent
//   ENV API_URL=… (can be set again at start), NODE_ENV=production, versions, digests, registries,
//   npm_config_*, TARGETARCH, BUILDKIT_*, DEBIAN_FRONTEND, localhost, history of
//   the layers of a verified base image                                           silent

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { ImageFacts } from "../../contract/image-facts.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { buildArguments } from "../../secrets/build-arguments.ts";
import { type Baking, baking } from "./baked-variables.ts";
import { isBaseLayer } from "./base-layers.ts";
import { buildModes, inlinedByCommand } from "./build-modes.ts";

const ID = "1.4-no-build-arguments";

interface Variable {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly baking: Exclude<Baking, "none">;
}

type Argument = Pick<Variable, "name" | "value">;

/** Text after `NAME=value`, by the variable's effect on the image. */
export const SAYS: Readonly<Record<Variable["baking"], Text>> = {
  baked: {
    fr: "fixé à la construction : l'image ne vaut que pour un environnement",
    en: "fixed during the build: the image serves one environment only",
  },
  constant: {
    fr: "fixé à la construction ; à injecter au lancement si la valeur varie d'un environnement à l'autre",
    en: "fixed during the build; to be injected at start if the value varies by environment",
  },
  replaced: {
    fr: "remplacé au lancement, semble-t-il : le script doit écrire hors du système de fichiers racine",
    en: "replaced at start, it seems: the script must write outside the root file system",
  },
  proxy: {
    fr: "adresse de proxy inscrite dans l'image",
    en: "a proxy's address, written into the image",
  },
};

export const noBuildArguments = defineRule({
  id: ID,
  rows: ["no-baked-state", "env-config"],
  title: {
    fr: "Aucun argument de construction ne fixe un environnement",
    en: "No build argument ties the image to one environment",
  },
  why: {
    fr: "Une image construite avec l'adresse d'un environnement doit être reconstruite pour les autres : l'empreinte testée en recette n'est pas celle qui part en production.",
    en: "An image built with one environment's address must be rebuilt for the others: the digest tested in staging is not the one that goes to production.",
  },
  remedy: {
    fr: "Lire la valeur au lancement : côté serveur dans l'environnement du processus, côté navigateur dans un fichier de configuration servi par l'application ou injecté dans la page.",
    en: "Read the value at start: on the server from the process's environment, in the browser from a configuration file that the application serves or writes into the page.",
  },
  needs: ["image"],
  check({ image }) {
    if (image.history.length === 0 && image.layers.length > 0) {
      return {
        status: "unproven",
        reason: {
          fr: "l'image n'a pas d'historique : les arguments de construction n'y apparaissent pas",
          en: "the image has no history: build arguments are not visible",
        },
        settle: {
          fr: "Construire sans aplatir l'image (--squash) ni l'importer (docker import).",
          en: "Build without squashing (--squash) or importing (docker import) the image.",
        },
      };
    }
    const variables = once([...argumentsOf(image), ...envOf(image)]);
    const notes = variables.filter((one) => one.baking !== "baked").map(finding);
    return outcomeOf(
      { findings: variables.filter((one) => one.baking === "baked").map(finding), presumed: true, notes },
      {
        fr: `aucun argument de construction propre à un environnement dans ENV et les ${image.history.length} étapes de l'historique`,
        en: `no build argument of one environment in ENV and the ${image.history.length} steps of the history`,
      },
    );
  },
});

function argumentsOf(image: ImageFacts): readonly Variable[] {
  return image.history.flatMap((step, index) => {
    if (isBaseLayer(image, step.layer)) return [];
    const path = `history[${index}]`;
    const all = [...buildArguments(step.createdBy), ...inlinedByCommand(step.createdBy)];
    const given = all.flatMap((one) => {
      const { name, value } = one;
      const how = isDownload(one, all) ? "none" : baking(name, value, "argument");
      return how === "none" ? [] : [{ name, value, path, baking: how }];
    });
    const modes = buildModes(step.createdBy).map((one) => ({ ...one, path, baking: "baked" as const }));
    return [...given, ...modes];
  });
}

/**
 * Whether a base URL contains the version that another argument names: it is then an address for downloading
 * a release, as in Maven's image: `MAVEN_VERSION=3.9.9 BASE_URL=https://…/maven-3/3.9.9/binaries`.
 */
function isDownload({ name, value }: Argument, all: readonly Argument[]): boolean {
  if (!/(?:^|_)BASE_UR[IL]$/.test(name)) return false;
  return all.some((other) => /(?:^|_)VERSION$/.test(other.name) && isIn(other.value, value));
}

/** Whether a URL contains the version as a whole: 3.9.9 contains neither 3.9 nor 9.9. */
function isIn(version: string, url: string): boolean {
  const at = url.indexOf(version);
  if (at < 1 || !/^v?\d{1,9}\.\d{1,9}[\w.-]{0,40}$/.test(version)) return false;
  return !/[\w.]/.test(url.charAt(at - 1)) && !/^(?:\w|\.\d)/.test(url.slice(at + version.length));
}

function envOf(image: ImageFacts): readonly Variable[] {
  return image.config.env.flatMap((entry) => {
    const [name = ""] = entry.split("=", 1);
    const value = entry.slice(name.length + 1);
    const how = baking(name, value, "env");
    return how === "none" ? [] : [{ name, value, path: `config.Env[${name}]`, baking: how }];
  });
}

/**
 * Variables without duplicates: a build argument is recorded in every later RUN, and often repeated by an
 * ENV.
 */
function once(variables: readonly Variable[]): readonly Variable[] {
  const found = new Map<string, Variable>();
  for (const variable of variables) {
    const key = `${variable.name}=${variable.value}`;
    if (!found.has(key)) found.set(key, variable);
  }
  return [...found.values()];
}

function finding({ name, value, path, baking: how }: Variable): Finding {
  const says = SAYS[how];
  const shown = `${excerpt(name)}=${excerpt(value)}`;
  return {
    message: { fr: `${shown} ${says.fr}`, en: `${shown} ${says.en}` },
    fingerprint: fingerprint(ID, name, value),
    at: { path },
  };
}
