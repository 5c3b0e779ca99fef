// No setting makes the program listen on localhost only (contract 1.3: 0.0.0.0, not localhost).
//
//   --host=127.0.0.1  --bind localhost:8000  gunicorn -b [::1]:80  php -S localhost:8000       presumed fail
//   HOST=localhost  ASPNETCORE_URLS=http://localhost:5000  JAVA_OPTS=-Dserver.address=127.0.0.1  presumed fail
//   several addresses, one of them not loopback; a command that names 0.0.0.0 itself            fine
//   DB_HOST=localhost, PGHOST, REDIS_HOST; psql --host, redis-cli -h, curl                      a client's peer
//   a batch task, an init container                    n/a: no server

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { excerpt } from "../../contract/shown.ts";
import { isLoopback } from "../../observations/listen-address.ts";
import {
  type CommandPlace,
  placeKey,
  placeOfWord,
  runsAlways,
  type StartedCommand,
} from "../../start/command-place.ts";
import { environment } from "../../start/environment.ts";
import { STARTED_FILES, startedCommands } from "../../start/started-commands.ts";
import { type StartedImage, startedImage } from "../../start/started-image.ts";
import { bindFlags } from "./bind-flags.ts";
import { isLongRunning, SERVES_NOTHING } from "./long-running.ts";
import { defineStartRule } from "./start-rule.ts";
import { unlessUnknown } from "./unfollowed.ts";

const ID = "1.3-bind-address";

/** Variables for the listen address. Each belongs to a server, never to a client. */
const ADDRESSES = new Set(
  (
    "HOST BIND BIND_ADDR BIND_ADDRESS BIND_HOST BINDING LISTEN LISTEN_ADDR LISTEN_ADDRESS LISTEN_HOST HTTP_ADDR " +
    "SERVER_ADDRESS FLASK_RUN_HOST UVICORN_HOST GRANIAN_HOST HYPERCORN_BIND NITRO_HOST NUXT_HOST ASPNETCORE_URLS " +
    "DOTNET_URLS URLS QUARKUS_HTTP_HOST MICRONAUT_SERVER_HOST GRADIO_SERVER_NAME STREAMLIT_SERVER_ADDRESS"
  ).split(" "),
);
/** Variables that hold command-line words. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  GUNICORN_CMD_ARGS: "gunicorn",
  JAVA_OPTS: "java",
  JAVA_TOOL_OPTIONS: "java",
  JDK_JAVA_OPTIONS: "java",
  CATALINA_OPTS: "java",
};

interface Bind {
  readonly name: string;
  readonly value: string;
  readonly at: CommandPlace;
}

export const bindAddress = defineStartRule({
  id: ID,
  rows: ["bind-all"],
  title: {
    fr: "Rien ne fait écouter l'application sur localhost",
    en: "Nothing makes the application listen on localhost",
  },
  why: {
    fr: "Ce qui écoute sur localhost n'est joignable que depuis le pod lui-même : ni le Service, ni les sondes du kubelet ne l'atteignent.",
    en: "What listens on localhost can be reached from inside the pod only: neither the Service nor the kubelet's probes get there.",
  },
  remedy: { fr: "Écouter sur 0.0.0.0.", en: "Listen on 0.0.0.0." },
  files: STARTED_FILES,
  check(evidence) {
    if (!isLongRunning(evidence)) return SERVES_NOTHING;
    const image = startedImage(evidence);
    const commands = startedCommands(image).filter(runsAlways);
    const told = commands.map((command) => ofCommand(image, command)).filter((binds) => binds.length > 0);
    const open = told.some((binds) => binds.some(({ value }) => !isLoopback(value)));
    // An address on the command line overrides the environment.
    const groups = open ? told : [...told, ...ofEnvironment(image, commands)];
    const closed = groups.filter((binds) => binds.every(({ value }) => isLoopback(value))).flat();
    return unlessUnknown(
      image,
      outcomeOf(
        { findings: closed.map(finding), presumed: true },
        {
          fr: "ni la commande de démarrage, ni ses scripts, ni les variables d'environnement ne demandent d'écouter sur localhost",
          en: "neither the start command, its scripts, nor the environment variables ask to listen on localhost",
        },
      ),
    );
  },
});

function ofCommand(image: StartedImage, command: StartedCommand): readonly Bind[] {
  return bindFlags(command.words).map(({ name, value, index }) => ({
    name,
    value,
    at: placeOfWord(image, command, index),
  }));
}

function ofEnvironment(
  image: StartedImage,
  commands: readonly StartedCommand[],
): readonly (readonly Bind[])[] {
  return [...environment(image, commands).values()]
    .map(({ name, value, at }) => {
      const program = Object.hasOwn(ARGUMENTS, name) ? ARGUMENTS[name] : undefined;
      if (program !== undefined) {
        return bindFlags([program, ...value.split(/\s+/)]).map((flag) => ({
          name: `${name} ${flag.name}`,
          value: flag.value,
          at,
        }));
      }
      if (!ADDRESSES.has(name)) return [];
      return value
        .split(/[;,]/)
        .filter((one) => one !== "")
        .map((one) => ({ name, value: one, at }));
    })
    .filter((binds) => binds.length > 0);
}

function finding({ name, value, at }: Bind): Finding {
  const [shown, address] = [excerpt(name), excerpt(value)];
  const open = excerpt(
    value.replace(/localhost(?:\.localdomain)?|127(?:\.\d{1,3})+|\[::1\]|::1/i, "0.0.0.0"),
  );
  return {
    message: {
      fr: `${shown} fait écouter l'application sur ${address}, joignable depuis le pod seulement`,
      en: `${shown} makes the application listen on ${address}, which only the pod itself can reach`,
    },
    remedy: { fr: `Donner ${open} à ${shown}.`, en: `Give ${open} to ${shown}.` },
    fingerprint: fingerprint(ID, placeKey(at), name, value),
    at,
  };
}
