// Ports below 1024 (contract 1.1 and 1.3): a note for a user who is not root.
//
//   EXPOSE 80, 443/tcp      note: needs NET_BIND_SERVICE, or a node on which every user may open such ports
//   EXPOSE 8080, a range from 1024 on, an unknown port             silent

import type { DeclaredText } from "../../contract/dockerfile-facts.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { defineRule } from "../../contract/rule.ts";
import { placeIn } from "../../dockerfile/places.ts";
import { type BuildableDockerfile, unlessRefused } from "../../dockerfile/unless-refused.ts";

const ID = "1.3-dockerfile-ports";
const PRIVILEGED = 1024;

export const dockerfilePorts = defineRule({
  id: ID,
  rows: ["bind-all"],
  title: {
    fr: "Les ports exposés s'ouvrent sans privilège",
    en: "The exposed ports can be opened without a privilege",
  },
  why: {
    fr: "Un utilisateur non-root n'ouvre un port inférieur à 1024 qu'avec la capacité NET_BIND_SERVICE, ou sur un nœud réglé pour cela.",
    en: "A user who is not root opens a port below 1024 only with the capability NET_BIND_SERVICE, or on a node that is set up for it.",
  },
  remedy: {
    fr: "Écouter sur un port à partir de 1024 (8080, par exemple) ; le Service peut continuer d'offrir le port 80.",
    en: "Listen on a port from 1024 on (8080, for example); the Service may still offer port 80.",
  },
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) =>
    unlessRefused(facts, (dockerfile) => {
      const ports = dockerfile.final.expose.filter(isPrivileged);
      return {
        status: "pass",
        proof: {
          fr: `ports inférieurs à 1024 relevés : ${ports.length}`,
          en: `ports below 1024 noted: ${ports.length}`,
        },
        notes: ports.map((port) => note(dockerfile, port)),
      };
    }),
});

function isPrivileged({ value, unknown }: DeclaredText): boolean {
  const [, port] = /^(\d{1,5})(?:-\d{1,5})?(?:\/\w+)?$/.exec(value) ?? [];
  return unknown.length === 0 && port !== undefined && Number(port) < PRIVILEGED;
}

function note(dockerfile: BuildableDockerfile, { value, at }: DeclaredText): Finding {
  return {
    message: {
      fr: `EXPOSE ${value} : sous un UID non-root, ce port demande la capacité NET_BIND_SERVICE`,
      en: `EXPOSE ${value}: under a UID that is not root, this port needs the capability NET_BIND_SERVICE`,
    },
    fingerprint: fingerprint(ID, value),
    at: placeIn(dockerfile, at),
  };
}
