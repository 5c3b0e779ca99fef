// No build argument carries a secret into the image (contract 1.4: secrets are injected at start).
//
// The history records the value of every ARG of a stage with each later RUN
// (`RUN |1 NPM_TOKEN=… /bin/sh -c npm ci`), even if the command does not use the ARG; ENV keeps the value in the config.
//
//   ARG NPM_TOKEN, then RUN, in a stage that the image keeps     presumed fail
//   ARG DB_PASSWORD, then ENV DB_PASSWORD=$DB_PASSWORD           presumed fail
//   the same in a discarded stage                                note: the build cache and provenance keep the value
//   ARG TOKEN without a later RUN; NPM_TOKEN_FILE, PUBLIC_KEY; a default (see 1.4-dockerfile-secrets);
//     RUN --mount=type=secret,id=NPM_TOKEN                       silent

import type { ArgumentFacts, Position } from "../../contract/dockerfile-facts.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { placeIn } from "../../dockerfile/places.ts";
import { type BuildableDockerfile, unlessRefused } from "../../dockerfile/unless-refused.ts";
import { isSecretName } from "../../secrets/secret-name.ts";
import { noSecrets } from "../image/1.4-no-secrets.ts";

const ID = "1.4-dockerfile-secret-arguments";

/** Instruction that a secret ARG reaches. */
interface Reach {
  readonly by: "RUN" | "ENV";
  readonly at: Position | undefined;
  /** Whether the stage is part of the final image. */
  readonly kept: boolean;
}

export const dockerfileSecretArguments = defineRule({
  id: ID,
  rows: ["no-baked-state"],
  title: {
    fr: "Aucun argument de construction ne porte de secret",
    en: "No build argument carries a secret",
  },
  why: noSecrets.why,
  remedy: {
    fr: "Supprimer l'ARG et donner le secret à la commande qui en a besoin : « RUN --mount=type=secret,id=NOM,env=NOM … » ; au lancement, le monter depuis un Secret Kubernetes.",
    en: "Remove the ARG and give the secret to the command that needs it: `RUN --mount=type=secret,id=NAME,env=NAME …`; at start, mount it from a Kubernetes Secret.",
  },
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) =>
    unlessRefused(facts, (dockerfile) => {
      const judged = dockerfile.stages.flatMap((stage, index) => {
        const secrets = new Map(stage.args.filter(isSecret).map((argument) => [argument.name, argument]));
        return [...secrets.values()].flatMap((argument) => {
          const reached = reachOf(dockerfile, index, argument);
          const reach = reached.find(({ kept }) => kept) ?? reached[0];
          if (reach === undefined) return [];
          return [{ refutes: reach.kept, finding: finding(dockerfile, argument.name, reach) }];
        });
      });
      return outcomeOf(
        { ...sortFindings(judged), presumed: true },
        {
          fr: "aucun ARG au nom d'un secret n'atteint une commande ni ENV",
          en: "no ARG named like a secret reaches a command or ENV",
        },
      );
    }),
});

/** Instructions reached in the ARG's stage and in stages that inherit it. */
function reachOf(
  { stages, final }: BuildableDockerfile,
  index: number,
  { name, at }: ArgumentFacts,
): readonly Reach[] {
  const heirs = new Set([index]);
  return stages.flatMap(({ base, env, runs }, own): readonly Reach[] => {
    if (base.stage !== undefined && heirs.has(base.stage)) heirs.add(own);
    if (!heirs.has(own)) return [];
    const kept = final.chain.includes(own);
    const variable = env.find(({ unknown }) => unknown.includes(name));
    if (variable !== undefined) return [{ by: "ENV", at: variable.at, kept }];
    return runs.some((run) => own > index || run.at.line > at.line) ? [{ by: "RUN", at, kept }] : [];
  });
}

/** Whether the argument is named like a secret, and only the build gives its value. */
function isSecret({ name, value }: ArgumentFacts): boolean {
  return isSecretName(name) && (value === undefined || value.value === "");
}

function finding(dockerfile: BuildableDockerfile, name: string, { by, at, kept }: Reach): Finding {
  const shown = excerpt(name);
  const where = WHERE[kept ? by : "cache"];
  return {
    message: {
      fr: `ARG ${shown} porte un secret, dont la valeur reste dans ${where.fr}`,
      en: `ARG ${shown} carries a secret, whose value stays in ${where.en}`,
    },
    fingerprint: fingerprint(ID, name),
    at: placeIn(dockerfile, at),
  };
}

const WHERE = {
  RUN: { fr: "l'historique de l'image", en: "the image's history" },
  ENV: { fr: "la configuration de l'image (ENV)", en: "the image's config (ENV)" },
  cache: {
    fr: "le cache de construction et l'attestation de provenance (étape non gardée)",
    en: "the build cache and the provenance (a discarded stage)",
  },
} as const;
