import { CHECK_FLAGS } from "../check/flags.ts";
import type { Flags, Values } from "../command-line/command.ts";

const {
  filename,
  image,
  kubernetes,
  platform,
  format,
  config,
  composeEnv,
  policy,
  policyKey,
  policySerial,
  enforceFuture,
  failOn,
  noCache,
  exclude,
  noGitignore,
} = CHECK_FLAGS;
const { data, insecureRegistry, caFile, only, sort, groupBy, limit, showFingerprints } = CHECK_FLAGS;

export const TRIAL_FLAGS = {
  filename: {
    ...filename,
    help: {
      fr: "manifestes Kubernetes d'après lesquels lancer les conteneurs, répétable ; - lit l'entrée standard. Les ConfigMaps et Secrets du même répertoire sont injectés",
      en: "Kubernetes manifests by which to run the containers, repeatable; - reads standard input. ConfigMaps and Secrets of the same folder are injected",
    },
  },
  image,
  container: {
    value: { fr: "NOM", en: "NAME" },
    help: {
      fr: "conteneur des manifestes dont IMAGE prend la place, quand il n'est pas évident",
      en: "container of the manifests whose place IMAGE takes, when it is not obvious",
    },
  },
  output: {
    value: { fr: "FICHIER", en: "FILE" },
    help: {
      fr: "écrire les observations, pour les juger plus tard sans rien lancer : douane check --evidence FICHIER",
      en: "write the observations, to judge them later without running anything: douane check --evidence FILE",
    },
  },
  keep: {
    value: { fr: "RÉPERTOIRE", en: "FOLDER" },
    help: {
      fr: "garder, par essai, ce que l'application a dit et les fichiers texte qu'elle a écrits, sans les secrets reconnus",
      en: "keep, by trial, what the application said and the text files that it wrote, without the secrets that are recognised",
    },
  },
  kubernetes,
  platform,
  format,
  only,
  sort,
  groupBy,
  limit,
  showFingerprints,
  config,
  composeEnv,
  policy,
  policyKey,
  policySerial,
  enforceFuture,
  failOn,
  exclude,
  noGitignore,
  noCache,
  insecureRegistry,
  data,
  caFile,
} as const satisfies Flags;

export type TrialValues = Values<typeof TRIAL_FLAGS>;
