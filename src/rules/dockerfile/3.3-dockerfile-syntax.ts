// BuildKit accepts the Dockerfile (contract 3.3). If BuildKit refuses the file, all rows that rest on it are unproven.
//
//   an unknown instruction (a forgotten continuation), a here-document without an end,
//   an unknown flag, FROM with two words, ONBUILD FROM, ${ without }…                      fail
//   CMD ['node', 'x.js'], which is not JSON and goes unchanged to the shell                note

import type { DockerfileFacts, DockerfileProblem } from "../../contract/dockerfile-facts.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { placeIn } from "../../dockerfile/places.ts";

const ID = "3.3-dockerfile-syntax";

export const dockerfileSyntax = defineRule({
  id: ID,
  rows: ["no-dockerfile"],
  title: { fr: "BuildKit accepte le Dockerfile", en: "BuildKit accepts the Dockerfile" },
  why: {
    fr: "Un Dockerfile que BuildKit refuse ne donne pas d'image, et rien de ce qu'il annonce ne peut être jugé.",
    en: "A Dockerfile that BuildKit refuses gives no image, and nothing that it announces can be judged.",
  },
  remedy: {
    fr: "Corriger la ligne ; « docker build --check . » donne l'avis de BuildKit lui-même.",
    en: "Correct the line; `docker build --check .` gives BuildKit's own opinion.",
  },
  needs: ["dockerfile"],
  check({ dockerfile }) {
    const show = (problem: DockerfileProblem): Finding => finding(dockerfile, problem);
    const notes = dockerfile.odd.map(show);
    const count = String(dockerfile.instructions.length);
    return outcomeOf(
      { findings: dockerfile.refused.map(show), notes },
      { fr: `${count} instructions lues sans erreur`, en: `${count} instructions read without an error` },
    );
  },
});

function finding(dockerfile: DockerfileFacts, { code, message, at }: DockerfileProblem): Finding {
  return { message, fingerprint: fingerprint(ID, code, message.en), at: placeIn(dockerfile, at) };
}
