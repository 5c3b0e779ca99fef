// The Dockerfile puts no configuration of one environment into the image (contract 1.4).
//
//   COPY envs/prod/config.yaml /etc/myapp/config.yaml (the contract's example)   fail
//   COPY .env ./, COPY .env.production .env, ADD prod.env /app/.env,
//     COPY .env* ./, COPY --from=build /app/.env.production ./, COPY <<EOF .env,
//     RUN echo "API_URL=$API_URL" > .env, printenv | tee .env, cp .env.prod .env,
//     RUN cp envs/prod/config.yaml config.yaml, RUN cp config/$ENV.yaml config.yaml   presumed fail
//   COPY config/production.json config/production.json                           note: the content decides
//   COPY .env.example, cp .env.example .env, touch .env, a file that the same RUN removes,
//     tsconfig.prod.json, nginx's *.conf, Rails' config/environments, a stage that the image does not keep   silent

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { placeIn } from "../../dockerfile/places.ts";
import { type BuildableDockerfile, unlessRefused } from "../../dockerfile/unless-refused.ts";
import { noEnvironmentConfig } from "../image/1.4-no-environment-config.ts";
import { copiedEnvironments } from "../image/copied-environments.ts";
import { namesStage } from "../image/environment-address.ts";
import { environmentFile, isExample } from "../image/environment-files.ts";
import { type PlacedFiles, pathOf, placedFiles } from "./placed-files.ts";

const ID = "1.4-dockerfile-environment-config";

interface Judged {
  readonly weight: "certain" | "presumed" | "note";
  readonly finding: Finding;
}

export const dockerfileEnvironmentConfig = defineRule({
  id: ID,
  rows: ["no-baked-state", "env-config"],
  title: {
    fr: "Le Dockerfile n'embarque aucune configuration propre à un environnement",
    en: "The Dockerfile adds no environment-specific configuration to the image",
  },
  why: noEnvironmentConfig.why,
  remedy: {
    fr: "Retirer cette instruction du Dockerfile et injecter ces valeurs au lancement : variables d'environnement, ou fichier monté depuis un ConfigMap ou un Secret.",
    en: "Take this instruction out of the Dockerfile and inject these values at start: environment variables, or a file mounted from a ConfigMap or Secret.",
  },
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) =>
    unlessRefused(facts, (dockerfile) => {
      const placed = placedFiles(dockerfile).filter(({ kept }) => kept);
      const judged = placed.flatMap((files) => judgeFiles(dockerfile, files));
      const notes = judged.filter(({ weight }) => weight === "note").map(({ finding }) => finding);
      const refuting = judged.filter(({ weight }) => weight !== "note");
      const findings = refuting.map(({ finding }) => finding);
      const presumed = refuting.every(({ weight }) => weight === "presumed");
      return outcomeOf(
        { findings, presumed, notes },
        {
          fr: "aucune configuration propre à un environnement placée dans les étapes que l'image garde",
          en: "no configuration of one environment placed in the stages that the image keeps",
        },
      );
    }),
});

function judgeFiles(dockerfile: BuildableDockerfile, files: PlacedFiles): readonly Judged[] {
  const { sources, destination, empty } = files;
  const named = new Set(copiedEnvironments(chosen(files)).map(({ source }) => source));
  const judged = sources.flatMap((source) =>
    judgeSource(dockerfile, files, source, named.has(forOne(source))),
  );
  const written = judged.length === 0 && empty === undefined && !sources.some(isExample);
  if (!written || environmentFile(pathOf(destination))?.kind !== "dotenv") return judged;
  return [{ weight: "presumed", finding: finding(dockerfile, files, sources[0]) }];
}

/** Placed files in which a variable in a source is replaced by one environment: `cp config/$ENV.yaml`. */
function chosen(files: PlacedFiles): PlacedFiles {
  return { ...files, sources: files.sources.map(forOne) };
}

function forOne(source: string): string {
  return source.replace(/\$\{?(\w{1,100})\}?/g, (whole, name: string) =>
    namesStage(name) ? "production" : whole,
  );
}

function judgeSource(
  dockerfile: BuildableDockerfile,
  files: PlacedFiles,
  source: string,
  isNamed: boolean,
): readonly Judged[] {
  const found = finding(dockerfile, files, source);
  const file = environmentFile(pathOf(forOne(source)));
  const own = files.from === undefined && files.by !== "RUN";
  if (file?.kind === "dotenv") return [{ weight: "presumed", finding: found }];
  if (isNamed) return [{ weight: own ? "certain" : "presumed", finding: found }];
  return file?.kind === "settings" && !source.endsWith(".conf") ? [{ weight: "note", finding: found }] : [];
}

function finding(
  dockerfile: BuildableDockerfile,
  { by, destination, at }: PlacedFiles,
  source: string | undefined,
): Finding {
  const to = excerpt(destination);
  const what = source === undefined ? to : `${excerpt(source)} → ${to}`;
  return {
    message: {
      fr: `${by} embarque la configuration d'un environnement : ${what}`,
      en: `${by} bakes the configuration of an environment in: ${what}`,
    },
    remedy:
      by === "RUN" || source === undefined ? remedyForText(by, to) : remedyForCopy(by, excerpt(source), to),
    fingerprint: fingerprint(ID, source ?? "", destination),
    at: placeIn(dockerfile, at),
  };
}

function remedyForCopy(by: string, from: string, to: string): Text {
  return {
    fr: `Retirer « ${by} ${from} ${to} », ajouter ${from} à .dockerignore et injecter ces valeurs au lancement : variables d'environnement, ConfigMap ou Secret.`,
    en: `Remove \`${by} ${from} ${to}\`, add ${from} to .dockerignore and inject these values at start: environment variables, ConfigMap or Secret.`,
  };
}

function remedyForText(by: string, to: string): Text {
  return {
    fr: `Ne pas écrire ${to} dans ${by} : injecter ces valeurs au lancement, par des variables d'environnement, un ConfigMap ou un Secret.`,
    en: `Do not write ${to} in ${by}: inject these values at start, by environment variables, a ConfigMap or a Secret.`,
  };
}
