// Paths that the Dockerfile declares as VOLUME (contract 1.2): notes.
//
//   VOLUME /data     the runtime makes the path writable even with readOnlyRootFilesystem; data there are lost

import type { DeclaredText } from "../../contract/dockerfile-facts.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import { placeIn } from "../../dockerfile/places.ts";
import { type BuildableDockerfile, unlessRefused } from "../../dockerfile/unless-refused.ts";

const ID = "1.2-dockerfile-volume";

export const dockerfileVolume = defineRule({
  id: ID,
  rows: ["read-only-root"],
  title: {
    fr: "Les VOLUME du Dockerfile sont connus",
    en: "The Dockerfile's VOLUMEs are known",
  },
  why: {
    fr: "Un chemin déclaré par VOLUME reçoit un volume anonyme, accessible en écriture et perdu avec le conteneur : le manifeste doit déclarer un volume à ce chemin.",
    en: "A path declared as VOLUME gets an anonymous volume, writable and lost with the container: the manifest has to say what it is for.",
  },
  remedy: {
    fr: "Retirer VOLUME du Dockerfile et monter un volume emptyDir dans le manifeste.",
    en: "Take VOLUME out of the Dockerfile and mount an emptyDir volume in the manifest.",
  },
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) =>
    unlessRefused(facts, (dockerfile) => {
      const notes = dockerfile.final.volumes.map((volume) => note(dockerfile, volume));
      const count = String(notes.length);
      return {
        status: "pass",
        proof: { fr: `VOLUME relevés : ${count}`, en: `VOLUMEs noted: ${count}` },
        notes,
      };
    }),
});

function note(dockerfile: BuildableDockerfile, { value, at }: DeclaredText): Finding {
  const path = excerpt(value);
  return {
    message: {
      fr: `VOLUME ${path} : ce chemin devra être un volume emptyDir`,
      en: `VOLUME ${path}: this path will have to be an emptyDir volume`,
    },
    remedy: {
      fr: `Retirer « VOLUME ${path} » et monter un volume emptyDir sur ${path} dans le manifeste.`,
      en: `Remove \`VOLUME ${path}\` and mount an emptyDir volume at ${path} in the manifest.`,
    },
    fingerprint: fingerprint(ID, value),
    at: placeIn(dockerfile, at),
  };
}
