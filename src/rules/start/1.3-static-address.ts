// The image contains no address that only one environment has (contract 1.3: no static IP or DNS name).
//
//   DATABASE_URL=postgres://u@10.1.2.3/db  REDIS_ADDR=192.168.1.4:6379  --db-host=10.0.0.5    fail
//   API_URL=http://api.other-team.svc.cluster.local                                          fail
//   0.0.0.0, 127.x, link-local, multicast, the addresses of documentation                    no peer
//   NODE_VERSION=1.2.3.4, NO_PROXY, trusted proxies, CIDR ranges, allowed hosts              no peer
//
// Only URLs, host:port and values under a name that contains "host" are judged.

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { excerpt } from "../../contract/shown.ts";
import { staticHost } from "../../observations/static-host.ts";
import { flagsOf } from "../../shell/flags.ts";
import { type CommandPlace, imagePlace, imagePlaceOfWord, placeKey } from "../../start/command-place.ts";
import { environment } from "../../start/environment.ts";
import { STARTED_FILES, startedCommands } from "../../start/started-commands.ts";
import { startedImage } from "../../start/started-image.ts";
import { STARTUP_FILES, startupCommands } from "../../start/startup-files.ts";
import { isFromArguments } from "./manifest-arguments.ts";
import { defineStartRule } from "./start-rule.ts";
import { unlessUnknown, unreadStartup } from "./unfollowed.ts";

const ID = "1.3-static-address";

export const staticAddress = defineStartRule({
  id: ID,
  rows: ["twelve-factor"],
  title: {
    fr: "L'image ne contient ni adresse IP ni nom de service figés",
    en: "The image holds no static IP address or service name",
  },
  why: {
    fr: "L'adresse d'un pod ou d'un service change d'un environnement à l'autre : figée dans l'image, elle empêche de promouvoir la même empreinte.",
    en: "The address of a pod or service changes from one environment to the next: fixed in the image, it keeps the same digest from being promoted.",
  },
  remedy: {
    fr: "Retirer cette valeur de l'image et l'injecter par une variable d'environnement du manifeste.",
    en: "Remove the value from the image and inject it as an environment variable of the manifest.",
  },
  files: [...STARTED_FILES, ...STARTUP_FILES],
  check(evidence) {
    const image = startedImage(evidence);
    const startup = startupCommands(image);
    const commands = [...startup.commands, ...startedCommands(image)];
    const variables = [...environment(image, commands).values()];
    const set = variables.map((variable) => ({ ...variable, at: imagePlace(variable) }));
    const flags = commands.flatMap((command) =>
      flagsOf(command.words).map(({ name, value, index }) => ({
        name,
        value,
        at: imagePlaceOfWord(image, command, index),
      })),
    );
    const found = [...set, ...flags].flatMap(({ name, value, at }) => {
      // Values from the manifest are excluded: they are injected, and judged by 1.3-host-aliases.
      if (at === undefined) return [];
      const peer = staticHost(name, value);
      const isArgument =
        peer !== undefined && isFromArguments(image, { shown: `${name}=${value}`, parts: [peer.host], at });
      return peer === undefined || isArgument ? [] : [finding(name, peer.host, at)];
    });
    const doubt = found.length === 0 ? unreadStartup(startup, evidence.placement) : undefined;
    if (doubt !== undefined) return doubt;
    return unlessUnknown(
      image,
      outcomeOf(
        { findings: found, presumed: true },
        {
          fr: "aucune adresse IP ni nom de service figés dans la commande de démarrage et les variables d'environnement de l'image",
          en: "no static IP address or service name in the image's start command and environment variables",
        },
      ),
    );
  },
});

function finding(name: string, address: string, at: CommandPlace): Finding {
  const [shown, value] = [excerpt(name), excerpt(address)];
  return {
    message: {
      fr: `${shown} fige l'adresse ${value} dans l'image`,
      en: `${shown} fixes the address ${value} in the image`,
    },
    remedy: {
      fr: `Retirer ${shown} de l'image et l'injecter par le manifeste (env, ConfigMap).`,
      en: `Remove ${shown} from the image and inject it through the manifest (env, ConfigMap).`,
    },
    fingerprint: fingerprint(ID, placeKey(at), name, address),
    at,
  };
}
