// The Dockerfile contains no secret (contract 1.4: secrets are injected at start).
//
// The whole file is searched while it is read, here-documents included; values are masked.
//
//   ENV, ARG, LABEL, RUN, CMD or a here-document of a stage that the image keeps     fail
//   the same in a discarded stage, or before the first FROM                          note
//   JWT, a password in a URL to localhost                                            note
//   placeholders, ARG without a default, *_FILE, RUN --mount=type=secret, comments   silent

import type { DockerfileSecret } from "../../contract/dockerfile-facts.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { placeIn } from "../../dockerfile/places.ts";
import { type BuildableDockerfile, unlessRefused } from "../../dockerfile/unless-refused.ts";
import { noSecrets } from "../image/1.4-no-secrets.ts";
import { secretKind } from "../image/secret-kinds.ts";

const ID = "1.4-dockerfile-secrets";

export const dockerfileSecrets = defineRule({
  id: ID,
  rows: ["no-baked-state"],
  title: { fr: "Le Dockerfile ne contient aucun secret", en: "The Dockerfile holds no secret" },
  why: noSecrets.why,
  remedy: {
    fr: "Retirer la valeur, la donner à la construction par RUN --mount=type=secret,id=NOM ou au lancement par un Secret Kubernetes, puis la révoquer.",
    en: "Take the value out, give it to the build by RUN --mount=type=secret,id=NAME or at start by a Kubernetes Secret, then revoke it.",
  },
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) =>
    unlessRefused(facts, (dockerfile) => {
      const judged = dockerfile.secrets.map((secret) => {
        const kept = isKept(dockerfile, secret);
        const refutes = kept && secretKind(secret.kind).weak !== true;
        return { refutes, finding: finding(dockerfile, secret, kept) };
      });
      return outcomeOf(sortFindings(judged), {
        fr: "aucun secret reconnu dans les étapes que l'image garde",
        en: "no secret recognised in the stages that the image keeps",
      });
    }),
});

/** Whether the secret is in a stage of the final image: in its config, history or layers. */
function isKept({ final }: BuildableDockerfile, { stage }: DockerfileSecret): boolean {
  return stage !== undefined && final.chain.includes(stage);
}

function finding(dockerfile: BuildableDockerfile, secret: DockerfileSecret, kept: boolean): Finding {
  const { name } = secretKind(secret.kind);
  const { instruction, masked, kind, id, at } = secret;
  const where = kept
    ? { fr: "", en: "" }
    : {
        fr: ", dans une partie que l'image ne garde pas mais que lit quiconque voit ce fichier",
        en: ", in a part that the image does not keep but that whoever sees this file can read",
      };
  return {
    message: {
      fr: `${name.fr} dans ${instruction}${where.fr} : ${excerpt(masked)}`,
      en: `${name.en} in ${instruction}${where.en}: ${excerpt(masked)}`,
    },
    fingerprint: fingerprint(ID, kind, id),
    at: placeIn(dockerfile, at),
  };
}
