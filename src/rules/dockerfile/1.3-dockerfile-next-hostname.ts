// A Dockerfile that copies Next.js's standalone server sets HOSTNAME (contract 1.3; see 1.3-next-hostname).
//
//   COPY … .next/standalone …, CMD ["node", "server.js"], no ENV HOSTNAME    presumed fail
//   ENV HOSTNAME=0.0.0.0, ::, HOSTNAME=0.0.0.0 node server.js                pass
//   another start, `next start`, an unknown value                            n/a

import { fingerprint } from "../../contract/fingerprint.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { declaredImage, placeOf } from "../../dockerfile/declared-image.ts";
import { finalStages, placeIn } from "../../dockerfile/places.ts";
import { type BuildableDockerfile, unlessRefused } from "../../dockerfile/unless-refused.ts";
import { commandName } from "../../shell/wrappers.ts";
import { environment } from "../../start/environment.ts";
import { startedCommands } from "../../start/started-commands.ts";
import { EVERYWHERE, nextHostname } from "../start/1.3-next-hostname.ts";
import { listensEverywhere, listensOnOneAddress } from "../start/next-server.ts";

const ID = "1.3-dockerfile-next-hostname";
const STANDALONE = /(?:^|\/)\.next\/standalone(?:\/|$)/;

export const dockerfileNextHostname = defineRule({
  id: ID,
  rows: ["bind-all"],
  title: {
    fr: "Le Dockerfile d'un serveur autonome de Next.js définit HOSTNAME=0.0.0.0",
    en: "The Dockerfile of a standalone Next.js server sets HOSTNAME=0.0.0.0",
  },
  why: nextHostname.why,
  remedy: {
    fr: "Ajouter « ENV HOSTNAME=0.0.0.0 » à l'étape finale.",
    en: "Add `ENV HOSTNAME=0.0.0.0` to the final stage.",
  },
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) => unlessRefused(facts, (dockerfile) => judge(dockerfile)),
});

function judge(dockerfile: BuildableDockerfile): Outcome {
  const image = declaredImage(dockerfile);
  const commands = startedCommands(image);
  const server = commands.find(({ words }) => commandName(words[0]) === "server");
  const copies = finalStages(dockerfile).flatMap((stage) => stage.copies);
  const copied = copies.some(({ sources }) => sources.some((source) => STANDALONE.test(source)));
  const declared = dockerfile.final.env.find(({ name }) => name === "HOSTNAME");
  if (server === undefined || !copied || (declared !== undefined && declared.unknown.length > 0)) {
    return {
      status: "n/a",
      reason: {
        fr: "le Dockerfile ne démarre pas de serveur autonome de Next.js, ou ne dit pas comment",
        en: "the Dockerfile starts no standalone server of Next.js, or does not say how",
      },
    };
  }
  const hostname = environment(image, commands).get("HOSTNAME")?.value;
  if (hostname !== undefined && EVERYWHERE.has(hostname)) {
    return {
      status: "pass",
      proof: listensEverywhere(hostname),
    };
  }
  return {
    status: "fail",
    presumed: true,
    findings: [
      {
        message: listensOnOneAddress(hostname),
        fingerprint: fingerprint(ID, hostname ?? ""),
        at: placeIn(dockerfile, declared?.at ?? placeOf(dockerfile.final, server.at.path)),
      },
    ],
  };
}
