// nginx listens on more than localhost (contract 1.3).
//
// ngx_http_core_module: `listen address[:port]`; a server without `listen` listens on *:80.
//
//   every server's every listen is loopback            presumed fail
//   a server with another address, or without `listen` fine
//   unix: sockets                                      ignored: no TCP
//   /etc/nginx/templates: rendered at start            silent
//   a batch task, an init container                    n/a: no server

import { fingerprint } from "../../contract/fingerprint.ts";
import { excerpt } from "../../contract/shown.ts";
import { isLoopback } from "../../observations/listen-address.ts";
import { commandName } from "../../shell/wrappers.ts";
import { STARTED_FILES, startedCommands } from "../../start/started-commands.ts";
import { startedImage } from "../../start/started-image.ts";
import { isLongRunning, SERVES_NOTHING } from "./long-running.ts";
import { NGINX_CONFIGURATION, type NginxFile, nginxConfiguration } from "./nginx-configuration.ts";
import { defineStartRule } from "./start-rule.ts";
import { unlessUnknown } from "./unfollowed.ts";

const ID = "1.3-nginx-listen";
const TEMPLATES = "/etc/nginx/templates";

export const nginxListen = defineStartRule({
  id: ID,
  rows: ["bind-all"],
  title: {
    fr: "La configuration de nginx n'écoute pas que sur localhost",
    en: "nginx's configuration listens on more than localhost",
  },
  why: {
    fr: "Un serveur nginx qui n'écoute que sur localhost n'est joignable ni par le Service, ni par les sondes du kubelet.",
    en: "An nginx server that listens on localhost only can be reached neither by the Service nor by the kubelet's probes.",
  },
  remedy: {
    fr: "Écrire « listen 8080; » dans la configuration de nginx.",
    en: "Write `listen 8080;` in nginx's configuration.",
  },
  files: [...STARTED_FILES, ...NGINX_CONFIGURATION, { under: [TEMPLATES], suffixes: [".template"] }],
  check(evidence) {
    if (!isLongRunning(evidence)) return SERVES_NOTHING;
    const image = startedImage(evidence);
    const started = startedCommands(image).some(({ words }) => commandName(words[0]) === "nginx");
    const rendered = image.files.some(({ path }) => path.startsWith(`${TEMPLATES}/`));
    const servers = started && !rendered ? nginxConfiguration(image).flatMap(listens) : [];
    if (servers.length === 0) {
      return unlessUnknown(image, {
        status: "n/a",
        reason: {
          fr: "aucune configuration de serveur nginx à lire dans l'image",
          en: "no nginx server configuration to read in the image",
        },
      });
    }
    const [first] = servers.flat();
    if (
      first === undefined ||
      servers.some((listen) => listen.length === 0 || !listen.every(({ value }) => isLoopback(value)))
    ) {
      return {
        status: "pass",
        proof: {
          fr: `la configuration de nginx ne se limite pas à localhost (serveurs lus : ${servers.length})`,
          en: `nginx's configuration is not limited to localhost (servers read: ${servers.length})`,
        },
      };
    }
    return {
      status: "fail",
      presumed: true,
      findings: [
        {
          message: {
            fr: `nginx n'écoute que sur localhost : listen ${excerpt(first.value)}`,
            en: `nginx listens on localhost only: listen ${excerpt(first.value)}`,
          },
          fingerprint: fingerprint(ID, first.path, first.value),
          at: { path: first.path },
        },
      ],
    };
  },
});

interface Listen {
  readonly path: string;
  readonly value: string;
}

/** The TCP addresses of each `server` block of a file; a port alone is every address. */
function listens({ path, content }: NginxFile): readonly (readonly Listen[])[] {
  return content
    .split(/\bserver\s*\{/)
    .slice(1)
    .map((block) =>
      [...block.matchAll(/(?:^|[\s;{}])listen\s+([^\s;]+)/g)]
        .map(([, value = ""]) => ({ path, value }))
        .filter(({ value }) => !value.startsWith("unix:")),
    );
}
