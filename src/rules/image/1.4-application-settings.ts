// No settings file of the application is for one environment, whatever the file's name (contract 1.4: settings that
// vary by environment are injected at start; counter-example: envs/prod/config.yaml as /etc/myapp/config.yaml).
// Paths that name an environment are judged by 1.4-no-environment-config, pages by 1.4-served-environments.
//
//   config.yaml, settings.json, app.ini, config/*.toml, /etc/<app>/*, env.sh, application.properties, web.config,
//   context.xml, literals of settings.py, config/*.php, config.js (in a jar, a war, a tar.gz, too; ADR 0261):
//     env: production beside host: db.prod.corp.fr, or beside db.host: 10.3.4.5                          fail
//     env: recette beside apiUrl: https://api.corp.fr                                                    fail
//     host: db.prod.corp.fr alone; env: recette alone; env: prod beside apiUrl: https://api.corp.fr      fail, presumed
//   [production] db_host: db.prod.corp.fr beside [recette] db_host: … (ADR 0289)                       fail, presumed
//   nginx, Apache, HAProxy that pass requests to a host of one environment or a private address          fail, presumed
//   under a path that the manifest mounts, deleted by a later layer, in a verified base layer            silent
//   env: production alone (a mode); addresses that name no environment; pages of several environments;
//     literals behind a condition, in a function, as a default (env("DB_HOST", "x"), a || "x");
//     ${DB_HOST}, localhost, example.com, public services; examples, tests, documentation, dependencies,
//     charts, build tools                                                                                silent

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { FileFacts, ImageFacts } from "../../contract/image-facts.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import type { SettingFacts } from "../../contract/setting-facts.ts";
import { excerpt } from "../../contract/shown.ts";
import { inheritance, isBaseLayer } from "./base-layers.ts";
import { isMounted } from "./is-mounted.ts";
import { layerPlace } from "./layer-place.ts";
import { NEUTRAL_FILES, NEUTRAL_READER } from "./neutral-files.ts";

const ID = "1.4-application-settings";

export const applicationSettings = defineRule({
  id: ID,
  rows: ["no-baked-state", "env-config"],
  title: {
    fr: "Aucun fichier de réglages de l'application n'est celui d'un seul environnement",
    en: "No settings file of the application is of one environment",
  },
  why: {
    fr: "Sous un nom neutre (config.yaml), la configuration d'un environnement reste dans l'image : déployée ailleurs, l'application parle à la mauvaise base ou à la mauvaise API.",
    en: "Under a neutral name (config.yaml), the configuration of one environment stays in the image: deployed elsewhere, the application talks to the wrong database or API.",
  },
  remedy: {
    fr: "Ne garder dans le fichier que ce qui est le même partout, et injecter le reste au lancement : variables d'environnement, ou fichier monté depuis un ConfigMap ou un Secret.",
    en: "Keep in the file only what is the same everywhere, and inject the rest at start: environment variables, or a file mounted from a ConfigMap or Secret.",
  },
  needs: ["image"],
  uses: ["placement"],
  files: NEUTRAL_FILES,
  check({ image, placement }) {
    const files = image.files.flatMap((file) => {
      const { path, layer, hidden, settings } = file;
      const isLookedAt = hidden !== true && !isBaseLayer(image, layer) && !isMounted(placement, path);
      const own = settings?.[NEUTRAL_READER.name];
      return isLookedAt && own !== undefined ? [{ file, own }] : [];
    });
    const found = files.flatMap(({ file, own }) =>
      own.map((setting) => ({ setting, finding: findingOf(image, file, setting) })),
    );
    return outcomeOf(
      {
        findings: found.map(({ finding }) => finding),
        presumed: found.every(({ setting }) => setting.certainty === "presumed"),
      },
      {
        fr: `aucun nom ni hôte d'un environnement dans les fichiers de réglages dont le nom est neutre (lus : ${files.length}) ; non lus : ceux d'un autre nom ou d'un autre format, et ce que du code calcule`,
        en: `no name or host of an environment in settings files with a neutral name (read: ${files.length}); not read: those of another name or format, and what code computes`,
      },
    );
  },
});

function findingOf(image: ImageFacts, file: FileFacts, { name, value, line }: SettingFacts): Finding {
  const path = excerpt(file.path);
  const inherited = inheritance(image, file.layer);
  const shown = `${excerpt(name)}=${excerpt(value)}`;
  return {
    message: {
      fr: `${path}${inherited.fr}, ${shown} : configuration d'un environnement, inscrite dans l'image`,
      en: `${path}${inherited.en}, ${shown}: the configuration of one environment, written into the image`,
    },
    remedy: {
      fr: `Retirer ces valeurs de ${path} et les injecter au lancement (variables d'environnement), ou monter le fichier depuis un ConfigMap ou un Secret.`,
      en: `Take these values out of ${path} and inject them at start (environment variables), or mount the file from a ConfigMap or Secret.`,
    },
    fingerprint: fingerprint(ID, file.path, name),
    at: { ...layerPlace(image, file), line },
  };
}
