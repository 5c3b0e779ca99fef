// A Next.js standalone server is set to listen on 0.0.0.0 (contract 1.3).
//
// `node server.js` of `output: "standalone"` listens on process.env.HOSTNAME, or 0.0.0.0 without it.
// Kubernetes sets HOSTNAME to the pod's name: the server then listens on the pod's own address only.
//
//   ENV HOSTNAME=0.0.0.0, or ::                        fine
//   HOSTNAME=0.0.0.0 node server.js; export HOSTNAME=… fine
//   env of the manifest instead of the image's         the same
//   a value of a ConfigMap or Secret; envFrom          unproven
//   HOSTNAME absent, or another value                  presumed fail
//   `next start`, which takes its address from -H      not this server
//   a batch task, an init container                    n/a: no server

import { posix } from "node:path";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { Outcome } from "../../contract/rule.ts";
import type { Text } from "../../contract/text.ts";
import { commandName } from "../../shell/wrappers.ts";
import { manifestKey, type StartedCommand } from "../../start/command-place.ts";
import { environment } from "../../start/environment.ts";
import { STARTED_FILES, startedCommands } from "../../start/started-commands.ts";
import { type StartedImage, startedImage } from "../../start/started-image.ts";
import { isLongRunning, SERVES_NOTHING } from "./long-running.ts";
import { listensEverywhere, listensOnOneAddress } from "./next-server.ts";
import { defineStartRule } from "./start-rule.ts";
import { unlessUnknown } from "./unfollowed.ts";
import { absolutePath } from "./writable-places.ts";

const ID = "1.3-next-hostname";
/** Addresses that stand for all addresses. */
export const EVERYWHERE = new Set(["0.0.0.0", "::", "[::]", "0"]);

export const nextHostname = defineStartRule({
  id: ID,
  rows: ["bind-all"],
  title: {
    fr: "Le serveur autonome de Next.js reçoit HOSTNAME=0.0.0.0",
    en: "Next.js's standalone server is given HOSTNAME=0.0.0.0",
  },
  why: {
    fr: "Ce serveur écoute sur l'adresse que nomme HOSTNAME. Kubernetes y met le nom du pod : le serveur n'écoute alors que sur l'adresse du pod, ni sur localhost, ni sur les autres.",
    en: "This server listens on the address that HOSTNAME names. Kubernetes puts the pod's name there: the server then listens on the pod's address only, neither on localhost nor on any other.",
  },
  remedy: {
    fr: "Ajouter « ENV HOSTNAME=0.0.0.0 » au Dockerfile.",
    en: "Add `ENV HOSTNAME=0.0.0.0` to the Dockerfile.",
  },
  files: [
    ...STARTED_FILES,
    { names: ["server.js"], pattern: /^(?!.*\/node_modules\/)/, type: "file", content: 64 * 1024 },
    // Each of these files proves a build of Next.js beside the server.
    { names: ["BUILD_ID", "required-server-files.json"], pattern: /\/\.next\/[^/]+$/ },
  ],
  check(evidence) {
    if (!isLongRunning(evidence)) return SERVES_NOTHING;
    const image = startedImage(evidence);
    const commands = startedCommands(image);
    const server = commands.find((command) => isStandalone(image, command));
    if (server === undefined) {
      return unlessUnknown(image, {
        status: "n/a",
        reason: {
          fr: "la commande de démarrage ne lance pas de serveur autonome de Next.js",
          en: "the start command runs no standalone server of Next.js",
        },
      });
    }
    const variable = environment(image, commands).get("HOSTNAME");
    const hostname = variable?.value;
    if (hostname !== undefined && EVERYWHERE.has(hostname)) {
      return {
        status: "pass",
        proof: listensEverywhere(hostname),
      };
    }
    if (isUnknown(image, hostname)) return UNKNOWN;
    return {
      status: "fail",
      presumed: true,
      findings: [
        {
          message: listensOnOneAddress(hostname),
          ...(image.manifest === undefined ? {} : { remedy: IN_MANIFEST }),
          fingerprint: fingerprint(
            ID,
            ...(variable === undefined ? [] : manifestKey(variable.at)),
            hostname ?? "",
          ),
          at: variable?.at ?? { path: "config.Env[HOSTNAME]" },
        },
      ],
    };
  },
});

/** Whether HOSTNAME is unknown: from a ConfigMap or Secret. Pod fields are known never to be 0.0.0.0. */
function isUnknown({ manifest }: StartedImage, hostname: string | undefined): boolean {
  if (hostname === undefined) return manifest?.envFrom === true;
  return (
    manifest?.env.get("HOSTNAME")?.value === hostname &&
    hostname.includes("$") &&
    !/^\$\((?:status|metadata|spec)\./.test(hostname)
  );
}

const IN_MANIFEST: Text = {
  fr: "Ajouter à env, dans le manifeste, HOSTNAME avec la valeur « 0.0.0.0 », ou « ENV HOSTNAME=0.0.0.0 » au Dockerfile.",
  en: "Add HOSTNAME with the value 0.0.0.0 to env in the manifest, or `ENV HOSTNAME=0.0.0.0` to the Dockerfile.",
};

const UNKNOWN: Outcome = {
  status: "unproven",
  reason: {
    fr: "serveur autonome de Next.js : HOSTNAME peut venir d'un ConfigMap ou d'un Secret, dont la valeur n'est pas connue",
    en: "standalone server of Next.js: HOSTNAME may come from a ConfigMap or Secret, whose value is not known",
  },
  settle: {
    fr: "Donner à HOSTNAME la valeur 0.0.0.0 dans env du manifeste.",
    en: "Give HOSTNAME the value 0.0.0.0 in env of the manifest.",
  },
};

/** Whether the command runs a `server.js` that reads HOSTNAME and is beside the .next folder of a build. */
function isStandalone(image: StartedImage, { words }: StartedCommand): boolean {
  const [script = ""] = words;
  if (commandName(script) !== "server") return false;
  const path = absolutePath(image, script);
  const text = image.files.find((file) => file.path === path)?.content ?? "";
  const build = `${posix.dirname(path).replace(/\/$/, "")}/.next/`;
  return (
    /process\.env\.HOSTNAME/.test(text) &&
    (/\bnext\b/.test(text) || image.files.some((file) => file.path.startsWith(build)))
  );
}
