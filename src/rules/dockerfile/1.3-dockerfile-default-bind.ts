// A server that listens on localhost by default is given another address (contract 1.3).
//
//   CMD ["flask", "run"], uvicorn, daphne, manage.py runserver without an address                    presumed fail
//   gunicorn, vite, astro, ng serve, mkdocs, hugo… without a settings file in the build's context     presumed fail
//   the same with such a file, or if the context is unknown; rails, rackup                            note
//   an address, or a variable for it, in arguments or ENV                                             silent

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import { defineRule } from "../../contract/rule.ts";
import { declaredImage, placeOf } from "../../dockerfile/declared-image.ts";
import { placeIn } from "../../dockerfile/places.ts";
import { type BuildableDockerfile, unlessRefused } from "../../dockerfile/unless-refused.ts";
import { defaultBind, unaddressedServers } from "../start/1.3-default-bind.ts";

const ID = "1.3-dockerfile-default-bind";
/** Programs with a default configuration file, by the beginning of its name. */
const CONFIGURED: Readonly<Record<string, string>> = {
  gunicorn: "gunicorn.conf",
  vite: "vite.config",
  astro: "astro.config",
  ng: "angular.json",
  "json-server": "json-server.json",
  mkdocs: "mkdocs.yml",
  jekyll: "_config.yml",
  hugo: "hugo.",
};
/** Servers that listen on every address in production mode, which is set at start. */
const BY_MODE = /^(?:rails|rackup)(?: |$)/;

export const dockerfileDefaultBind = defineRule({
  id: ID,
  rows: ["bind-all"],
  title: {
    fr: "Le Dockerfile ne laisse aucun serveur à sa valeur par défaut, localhost",
    en: "The Dockerfile leaves no server to its default, localhost",
  },
  why: defaultBind.why,
  remedy: defaultBind.remedy,
  needs: ["dockerfile"],
  check: ({ dockerfile: facts }) =>
    unlessRefused(facts, (dockerfile) => {
      const servers = unaddressedServers(declaredImage(dockerfile)).map(({ server, command }) => ({
        refutes: isCertain(server.command, dockerfile.context),
        finding: finding(dockerfile, server, command.at.path),
      }));
      return outcomeOf(
        { ...sortFindings(servers), presumed: true },
        {
          fr: "ENTRYPOINT et CMD ne lancent aucun serveur connu pour n'écouter que sur localhost",
          en: "ENTRYPOINT and CMD run no server known to listen on localhost only",
        },
      );
    }),
});

/** Whether the address is certain from the Dockerfile and the build context. */
function isCertain(command: readonly string[], context: BuildableDockerfile["context"]): boolean {
  const [program = ""] = command;
  if (BY_MODE.test(program)) return false;
  const begin = Object.hasOwn(CONFIGURED, program) ? CONFIGURED[program] : undefined;
  if (begin === undefined) return true;
  return context?.configurations?.some((name) => name.startsWith(begin)) === false;
}

function finding(
  dockerfile: BuildableDockerfile,
  server: { readonly command: readonly string[]; readonly remedy: string },
  path: string,
): Finding {
  const name = server.command.join(" ");
  return {
    message: {
      fr: `« ${name} » n'écoute par défaut que sur localhost, et le Dockerfile ne lui donne pas d'autre adresse`,
      en: `\`${name}\` listens on localhost by default, and the Dockerfile gives it no other address`,
    },
    remedy: { fr: `Écrire « ${server.remedy} ».`, en: `Write \`${server.remedy}\`.` },
    fingerprint: fingerprint(ID, name),
    at: placeIn(dockerfile, placeOf(dockerfile.final, path)),
  };
}
