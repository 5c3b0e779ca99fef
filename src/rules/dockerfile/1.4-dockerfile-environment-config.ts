// The Dockerfile copies no configuration of one environment into the image (contract 1.4).
//
//   COPY envs/prod/config.yaml /etc/myapp/config.yaml (the contract's example)   fail
//   COPY .env ./, COPY .env.production .env, ADD prod.env /app/.env              presumed fail
//   COPY config/production.json config/production.json                           note: what is in it decides
//   COPY .env.example, tsconfig.prod.json, nginx's *.conf, Rails' config/environments,
//     a stage that the image does not keep, --from another stage                 silent

import type { CopyFacts } from "../../contract/dockerfile-facts.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { noEnvironmentConfig } from "../image/1.4-no-environment-config.ts";
import { copiedEnvironments } from "../image/copied-environments.ts";
import { environmentFile } from "../image/environment-files.ts";
import { finalStages, placeIn } from "./places.ts";
import { type BuildableDockerfile, unlessRefused } from "./unless-refused.ts";

const ID = "1.4-dockerfile-environment-config";

interface Judged {
  readonly weight: "certain" | "presumed" | "note";
  readonly finding: Finding;
}

export const dockerfileEnvironmentConfig = defineRule({
  id: ID,
  rows: ["no-baked-state", "env-config"],
  title: {
    fr: "Le Dockerfile ne copie aucune configuration propre à un environnement",
    en: "The Dockerfile copies no configuration of one environment",
  },
  why: noEnvironmentConfig.why,
  remedy: {
    fr: "Retirer cette copie du Dockerfile et injecter ces valeurs au lancement : variables d'environnement, ou fichier monté depuis un ConfigMap ou un Secret.",
    en: "Take this copy out of the Dockerfile and inject these values at start: environment variables, or a file mounted from a ConfigMap or Secret.",
  },
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) =>
    unlessRefused(facts, (dockerfile) => {
      const copies = finalStages(dockerfile).flatMap((stage) => stage.copies);
      const judged = copies.flatMap((copy) => (copy.from === undefined ? judgeCopy(dockerfile, copy) : []));
      const notes = judged.filter(({ weight }) => weight === "note").map(({ finding }) => finding);
      const refuting = judged.filter(({ weight }) => weight !== "note");
      const findings = refuting.map(({ finding }) => finding);
      const presumed = refuting.every(({ weight }) => weight === "presumed");
      return outcomeOf(
        { findings, presumed, notes },
        {
          fr: "aucune copie de configuration propre à un environnement dans les étapes que l'image garde",
          en: "no copy of one environment's configuration in the stages that the image keeps",
        },
      );
    }),
});

function judgeCopy(dockerfile: BuildableDockerfile, copy: CopyFacts): readonly Judged[] {
  const named = new Set(copiedEnvironments(copy).map(({ source }) => source));
  return copy.sources.flatMap((source): readonly Judged[] => {
    const found = finding(dockerfile, copy, source);
    const file = environmentFile(`/${source}`);
    if (file?.kind === "dotenv") return [{ weight: "presumed", finding: found }];
    if (named.has(source)) return [{ weight: "certain", finding: found }];
    return file?.kind === "settings" && !source.endsWith(".conf") ? [{ weight: "note", finding: found }] : [];
  });
}

function finding(
  dockerfile: BuildableDockerfile,
  { instruction, destination, at }: CopyFacts,
  source: string,
): Finding {
  const [from, to] = [excerpt(source), excerpt(destination)];
  return {
    message: {
      fr: `${instruction} embarque la configuration d'un environnement : ${from} → ${to}`,
      en: `${instruction} bakes the configuration of an environment in: ${from} → ${to}`,
    },
    remedy: {
      fr: `Retirer « ${instruction} ${from} ${to} », ajouter ${from} à .dockerignore et injecter ces valeurs au lancement : variables d'environnement, ConfigMap ou Secret.`,
      en: `Remove \`${instruction} ${from} ${to}\`, add ${from} to .dockerignore and inject these values at start: environment variables, ConfigMap or Secret.`,
    },
    fingerprint: fingerprint(ID, source, destination),
    at: placeIn(dockerfile, at),
  };
}
