// A server that listens on localhost by default is configured with another address (contract 1.3).
//
//   flask run, uvicorn, gunicorn, hypercorn, daphne, granian, manage.py runserver, vite, ng serve,
//   artisan serve, rails server in development… without an address in arguments or environment   presumed fail
//   gunicorn with PORT set listens on 0.0.0.0:$PORT                                               fine
//   a configuration file that may set the address: gunicorn.conf.py, vite.config.*, -c FILE       silent
//   waitress, puma, next start, serve, fastapi run, http-server                                   0.0.0.0 by default
//   a batch task, an init container                    n/a: no server

import { posix } from "node:path";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { placeKey, runsAlways, type StartedCommand } from "../../start/command-place.ts";
import { environment, type Variable } from "../../start/environment.ts";
import { type LoopbackServer, loopbackServer } from "../../start/loopback-servers.ts";
import { STARTED_FILES, startedCommands } from "../../start/started-commands.ts";
import { type StartedImage, startedImage } from "../../start/started-image.ts";
import { isLongRunning, SERVES_NOTHING } from "./long-running.ts";
import { defineStartRule } from "./start-rule.ts";
import { unlessUnknown } from "./unfollowed.ts";
import { absolutePath } from "./writable-places.ts";

const ID = "1.3-default-bind";
/**
 * Configuration files that servers load from the working directory by default; their text decides whether an
 * address is set.
 */
const CONFIGURATION = [
  "gunicorn.conf.py",
  ...["vite", "astro"].flatMap((name) =>
    ["js", "mjs", "cjs", "ts", "mts", "cts"].map((ending) => `${name}.config.${ending}`),
  ),
  "angular.json",
  "json-server.json",
  "mkdocs.yml",
  "_config.yml",
  "hugo.toml",
  "hugo.yaml",
  "hugo.yml",
];
const ADDRESS = /\b(?:bind|host|address|dev_addr)\b/;

export const defaultBind = defineStartRule({
  id: ID,
  rows: ["bind-all"],
  title: {
    fr: "Aucun serveur n'est laissé à sa valeur par défaut, localhost",
    en: "No server is left to its default, localhost",
  },
  why: {
    fr: "Bien des serveurs, ceux de développement surtout, n'écoutent par défaut que sur localhost : dans un pod, personne ne les atteint.",
    en: "Many servers, those for development above all, listen on localhost by default: in a pod, no one can reach them.",
  },
  remedy: { fr: "Indiquer l'adresse 0.0.0.0.", en: "Give the address 0.0.0.0." },
  files: [
    ...STARTED_FILES,
    { names: CONFIGURATION, pattern: /^(?!.*\/node_modules\/)/, type: "file", content: 16 * 1024 },
  ],
  check(evidence) {
    if (!isLongRunning(evidence)) return SERVES_NOTHING;
    const image = startedImage(evidence);
    const found = isConfigured(image) ? [] : unaddressedServers(image);
    const findings = found.map(({ server, command }) => finding(server, command));
    if (findings.length > 0 && mayBeTold(image, startedCommands(image))) {
      return { ...UNKNOWN, notes: findings };
    }
    return unlessUnknown(
      image,
      outcomeOf(
        { findings, presumed: true },
        {
          fr: "la commande de démarrage ne lance aucun serveur connu pour n'écouter par défaut que sur localhost",
          en: "the start command runs no server known to listen on localhost by default",
        },
      ),
    );
  },
});

/** Servers that use their default address, according to arguments and environment. */
export function unaddressedServers(
  image: StartedImage,
): readonly { readonly server: LoopbackServer; readonly command: StartedCommand }[] {
  const commands = startedCommands(image);
  const variables = environment(image, commands);
  return commands.filter(runsAlways).flatMap((command) => {
    const server = loopbackServer(command.words);
    return server === undefined || isTold(command, server, variables) ? [] : [{ server, command }];
  });
}

function isTold(
  { words }: StartedCommand,
  { told, variables }: LoopbackServer,
  known: ReadonlyMap<string, Variable>,
): boolean {
  if (variables.some((name) => tells(known.get(name), told))) return true;
  return words.slice(1).some((word) => told.test(word) || word.startsWith("$"));
}

/**
 * Whether a variable sets the address: in GUNICORN_CMD_ARGS, one of the arguments must match; any other
 * variable must itself be an address.
 */
function tells(variable: Variable | undefined, told: RegExp): boolean {
  if (variable === undefined || !variable.name.endsWith("_ARGS")) return variable !== undefined;
  return variable.value.includes("$") || variable.value.split(/\s/).some((word) => told.test(word));
}

/** Whether variables whose values only the cluster knows may set an address. */
function mayBeTold({ manifest }: StartedImage, commands: readonly StartedCommand[]): boolean {
  const servers = commands.map(({ words }) => loopbackServer(words));
  return (
    manifest?.envFrom === true &&
    servers.some((server) => server !== undefined && server.variables.join("") !== "")
  );
}

const UNKNOWN = {
  status: "unproven",
  reason: {
    fr: "envFrom peut donner à ce serveur l'adresse sur laquelle il écoute : les valeurs n'en sont pas connues",
    en: "envFrom may give this server the address that it listens on: its values are not known",
  },
} as const;

function isConfigured(image: StartedImage): boolean {
  const directory = absolutePath(image, ".");
  return image.files.some(
    ({ path, content = "" }) =>
      posix.dirname(path) === directory &&
      CONFIGURATION.includes(posix.basename(path)) &&
      ADDRESS.test(content),
  );
}

function finding({ command, remedy }: LoopbackServer, { at }: StartedCommand): Finding {
  const name = command.join(" ");
  return {
    message: {
      fr: `« ${name} » n'écoute par défaut que sur localhost, et rien ne lui donne d'autre adresse`,
      en: `\`${name}\` listens on localhost by default, and nothing gives it another address`,
    },
    remedy: { fr: `Écrire « ${remedy} ».`, en: `Write \`${remedy}\`.` },
    fingerprint: fingerprint(ID, placeKey(at), name),
    at,
  };
}
