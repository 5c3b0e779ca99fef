// HEALTHCHECK of the Dockerfile (contract 1.3): a note, since Kubernetes does not read it.
//
//   HEALTHCHECK CMD curl -f http://localhost:8080/health    note: what a probe could ask
//   HEALTHCHECK NONE, none                                  silent

import { fingerprint } from "../../contract/fingerprint.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { placeIn } from "../../dockerfile/places.ts";
import { unlessRefused } from "../../dockerfile/unless-refused.ts";

const ID = "1.3-dockerfile-healthcheck";

export const dockerfileHealthcheck = defineRule({
  id: ID,
  rows: ["health"],
  title: {
    fr: "Ce que HEALTHCHECK vérifie est repris par les sondes du manifeste",
    en: "What HEALTHCHECK checks is taken up by the manifest's probes",
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
      const note = {
        message: {
          fr: `Kubernetes ignore HEALTHCHECK : ${excerpt(command)} est à reprendre dans les sondes du manifeste`,
          en: `Kubernetes ignores HEALTHCHECK: ${excerpt(command)} has to be taken up by the manifest's probes`,
        },
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
