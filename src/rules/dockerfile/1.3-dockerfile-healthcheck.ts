// HEALTHCHECK of the Dockerfile (contract 1.3): a note, since Kubernetes does not read it.
//
//   HEALTHCHECK CMD curl -f http://localhost:8080/health    note: a probe could send this request
//   HEALTHCHECK CMD curl … || exit 0                        note: the result is always the same
//   HEALTHCHECK NONE, none                                  silent

import { fingerprint } from "../../contract/fingerprint.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { placeIn } from "../../dockerfile/places.ts";
import { unlessRefused } from "../../dockerfile/unless-refused.ts";
import { exitStatus } from "../../start/exit-status/exit-status.ts";

const ID = "1.3-dockerfile-healthcheck";

export const dockerfileHealthcheck = defineRule({
  id: ID,
  rows: ["health"],
  title: {
    fr: "Ce que HEALTHCHECK vérifie est repris par les sondes du manifeste",
    en: "The manifest's probes check what HEALTHCHECK checks",
  },
  why: {
    fr: "Kubernetes ignore HEALTHCHECK : seules les sondes readiness et liveness du manifeste comptent.",
    en: "Kubernetes ignores HEALTHCHECK: only the manifest's readiness and liveness probes count.",
  },
  remedy: {
    fr: "Déclarer dans le manifeste readinessProbe et livenessProbe sur le même chemin, puis retirer HEALTHCHECK.",
    en: "Declare readinessProbe and livenessProbe on the same path in the manifest, then remove HEALTHCHECK.",
  },
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) =>
    unlessRefused(facts, (dockerfile) => {
      const { words = [], at } = dockerfile.final.healthcheck ?? {};
      const command = words.join(" ");
      const isHollow = words.length > 0 && isConstant(words);
      const note = {
        message: isHollow
          ? hollow(command)
          : {
              fr: `Kubernetes ignore HEALTHCHECK : ${excerpt(command)} est à reprendre dans les sondes du manifeste`,
              en: `Kubernetes ignores HEALTHCHECK: ${excerpt(command)} has to be taken up by the manifest's probes`,
            },
        ...(isHollow ? { remedy: ASK } : {}),
        fingerprint: fingerprint(ID, command),
        at: placeIn(dockerfile, at),
      };
      return {
        status: "pass",
        proof: {
          fr: "HEALTHCHECK ne décide de rien sous Kubernetes",
          en: "HEALTHCHECK decides nothing under Kubernetes",
        },
        notes: command === "" ? [] : [note],
      };
    }),
});

/** Whether a shell text's result is the same whatever the application's state; scripts are not known here. */
function isConstant(words: readonly string[]): boolean {
  const { zero, other } = exitStatus(["sh", "-c", ...words], {
    scriptOf: () => undefined,
    shellOf: () => undefined,
  });
  return !zero || !other;
}

function hollow(command: string): Text {
  const shown = excerpt(command);
  return {
    fr: `la réponse de HEALTHCHECK (${shown}) est toujours la même, quel que soit l'état de l'application : ne pas la reprendre dans une sonde`,
    en: `the answer of HEALTHCHECK (${shown}) is always the same, whatever the application's state: do not take it up in a probe`,
  };
}

const ASK: Text = {
  fr: "Déclarer dans le manifeste readinessProbe et livenessProbe qui interrogent l'application, puis retirer HEALTHCHECK.",
  en: "Declare readinessProbe and livenessProbe that ask the application in the manifest, then remove HEALTHCHECK.",
};
