// The image contains no configuration of a single environment (contract 1.4: configuration that varies by
// environment is injected at start). One finding per file, in every layer.
//
//   .env, .env.production… with a URL, a host, a credential or any value except switches  fail
//   the same with only switches and numbers (PORT=3000, NODE_ENV=production)            note
//   Symfony's committed .env, which Symfony reads at start (`###> symfony/`)            note
//   config/<env>.json, envs/<env>/…, environnements/<env>/…, application-<env>.yml, *.prod.yaml,
//     appsettings.<Env>.json, parametres_<env>.yml, production/config.yaml, vendor/config/<env>.yml:
//     with a URL (also to a host of one word, except in developers' files), a host, the environment's
//     name (db: prod) or a credential   fail
//   the same below a profile in a shared file: %prod.a.url= of Quarkus, on-profile: of Spring   fail
//     without                                                                           note
//   COPY envs/prod/config.yaml /etc/myapp/config.yaml in the history (the contract's example)  fail
//   Rails' config/environments, Phoenix' config/*.exs, Angular's sources                note
//   .env.example, tsconfig.prod.json, webpack.prod.js, i18n, config/default.json,
//     Symfony's config/packages/<env>                                                   silent
//   any of these in the layers of a verified base image                                 note
//   dependencies, empty or placeholder values                                           silent

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { FileFacts, HistoryFacts, ImageFacts } from "../../contract/image-facts.ts";
import { type JudgedOne, outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import type { SettingFacts } from "../../contract/setting-facts.ts";
import { excerpt } from "../../contract/shown.ts";
import { inheritance, isBaseLayer } from "./base-layers.ts";
import { copiedEnvironments } from "./copied-environments.ts";
import { copiedFiles } from "./copied-files.ts";
import { deletedLater } from "./deleted-later.ts";
import { environmentFile } from "./environment-files.ts";
import { ENVIRONMENT_FILES, ENVIRONMENT_READER } from "./environment-reader.ts";
import { layerPlace } from "./layer-place.ts";
import { layersRead } from "./layers-read.ts";

const ID = "1.4-no-environment-config";

export const noEnvironmentConfig = defineRule({
  id: ID,
  rows: ["no-baked-state", "env-config"],
  title: {
    fr: "L'image ne contient aucune configuration propre à un environnement",
    en: "The image holds no configuration of one environment",
  },
  why: {
    fr: "Une image qui embarque la configuration d'un environnement doit être reconstruite pour chacun : ce qui a été testé n'est pas ce qui est déployé, et l'empreinte ne peut pas être promue.",
    en: "An image that carries the configuration of one environment must be rebuilt for each: what was tested is not what is deployed, and the digest cannot be promoted.",
  },
  remedy: {
    fr: "Exclure le fichier de l'image (.dockerignore) et injecter ces valeurs au lancement : variables d'environnement, ou fichier monté depuis un ConfigMap ou un Secret.",
    en: "Keep the file out of the image (.dockerignore) and inject these values at start: environment variables, or a file mounted from a ConfigMap or Secret.",
  },
  needs: ["image"],
  files: ENVIRONMENT_FILES,
  check({ image }) {
    const files = [...visibleFirst(image)].flatMap((file) => judgeFile(image, file));
    const copies = image.history.flatMap((step, index) => judgeCopy(image, step, index));
    const read = layersRead(image);
    return outcomeOf(sortFindings([...files, ...copies]), {
      fr: `aucun fichier de configuration nommé pour un environnement, ni section d'un environnement, dans ${read.fr}`,
      en: `no configuration file named for one environment, nor section of one, in ${read.en}`,
    });
  },
});

interface ReadFile extends FileFacts {
  readonly own: readonly SettingFacts[];
}

/** Each path once: the file visible in the container, otherwise the file in the last layer. */
function visibleFirst(image: ImageFacts): Iterable<ReadFile> {
  const byPath = new Map<string, ReadFile>();
  for (const file of image.files) {
    const settings = [file.settings?.[ENVIRONMENT_READER.name]].filter((own) => own !== undefined);
    for (const own of settings) {
      const known = byPath.get(file.path);
      if (known === undefined || known.hidden === true) byPath.set(file.path, { ...file, own });
    }
  }
  return byPath.values();
}

function judgeFile(image: ImageFacts, file: ReadFile): readonly JudgedOne[] {
  if (file.own.length === 0) return judgeEmpty(image, file);
  const isOwn = !isBaseLayer(image, file.layer);
  return file.own.map((setting) => ({
    refutes: isOwn && setting.certainty === "certain",
    finding: fileFinding(image, file, setting.environment, setting),
  }));
}

/** A .env without values is ignored; a file named after an environment still gives a note. */
function judgeEmpty(image: ImageFacts, file: ReadFile): readonly JudgedOne[] {
  const named = environmentFile(file.path);
  if (named === undefined || named.kind === "dotenv") return [];
  return [{ refutes: false, finding: fileFinding(image, file, named.environment, undefined) }];
}

function fileFinding(
  image: ImageFacts,
  file: FileFacts,
  environment: string | undefined,
  setting: SettingFacts | undefined,
): Finding {
  const path = excerpt(file.path);
  const example = setting === undefined ? "" : `${excerpt(setting.name)}=${excerpt(setting.value)}`;
  const hidden = deletedLater(file);
  const inherited = inheritance(image, file.layer);
  const of =
    environment === undefined
      ? { fr: "", en: "" }
      : { fr: ` de l'environnement « ${environment} »`, en: ` of environment "${environment}"` };
  const shown = { fr: example === "" ? "" : ` : ${example}`, en: example === "" ? "" : `: ${example}` };
  return {
    message: {
      fr: `configuration${of.fr} dans l'image, ${path}${inherited.fr}${hidden.fr}${shown.fr}`,
      en: `configuration${of.en} in the image, ${path}${inherited.en}${hidden.en}${shown.en}`,
    },
    remedy: {
      fr: `Exclure ${path} de l'image (.dockerignore) et injecter ces valeurs au lancement : variables d'environnement, ou fichier monté depuis un ConfigMap ou un Secret.`,
      en: `Keep ${path} out of the image (.dockerignore) and inject these values at start: environment variables, or a file mounted from a ConfigMap or Secret.`,
    },
    fingerprint: fingerprint(ID, file.path, ...(setting === undefined ? [] : [setting.name])),
    at: { ...layerPlace(image, file), ...(setting === undefined ? {} : { line: setting.line }) },
  };
}

/** A source that is named for an environment, copied to a place that is not: the contract's own example. */
function judgeCopy(image: ImageFacts, step: HistoryFacts, index: number): readonly JudgedOne[] {
  const copied = copiedFiles(step.createdBy);
  if (copied === undefined) return [];
  return copiedEnvironments(copied).map(({ source, environment }) => ({
    refutes: !isBaseLayer(image, step.layer),
    finding: copyFinding(index, source, copied.destination, environment),
  }));
}

function copyFinding(index: number, source: string, destination: string, environment: string): Finding {
  const [from, to] = [excerpt(source), excerpt(destination)];
  return {
    message: {
      fr: `la construction copie la configuration de l'environnement « ${environment} » dans l'image : ${from} → ${to}`,
      en: `the build copies the configuration of environment "${environment}" into the image: ${from} → ${to}`,
    },
    remedy: {
      fr: `Retirer cette copie du Dockerfile et monter ${to} au lancement depuis un ConfigMap ou un Secret.`,
      en: `Take this copy out of the Dockerfile and mount ${to} at start from a ConfigMap or Secret.`,
    },
    fingerprint: fingerprint(ID, source, destination),
    at: { path: `history[${index}]` },
  };
}
