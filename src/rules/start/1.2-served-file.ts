// No file is served as a database (contract 1.2: no persistent state in the image).
//
//   json-server db.json  node node_modules/.bin/json-server --port 80 db.json  npx json-server x.json   fail
//   --ro, --read-only: the file is only read; a script or an address: the data are in memory            silent
//   /tmp, declared volumes, the manifest's writable mounts: not in the image                             silent

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf } from "../../contract/outcome-of.ts";
import { excerpt } from "../../contract/shown.ts";
import { commandName } from "../../shell/wrappers.ts";
import { placeKey, runsAlways, type StartedCommand } from "../../start/command-place.ts";
import { STARTED_FILES, startedCommands } from "../../start/started-commands.ts";
import { startedImage } from "../../start/started-image.ts";
import { defineStartRule } from "./start-rule.ts";
import { absolutePath, staysWritable } from "./writable-places.ts";

const ID = "1.2-served-file";
const READ_ONLY = new Set(["--ro", "--read-only", "--readOnly"]);
/** Options followed by a value, which is not a file to serve. */
const WITH_VALUE =
  /^-(?:[cpHrmsSidq]|-(?:config|port|host|routes|middlewares|static|snapshots|delay|id|foreignKeySuffix|fks))$/;

export const servedFile = defineStartRule({
  id: ID,
  rows: ["no-baked-state", "stateless"],
  title: {
    fr: "Aucun fichier n'est servi comme base de données",
    en: "No file is served as a database",
  },
  why: {
    fr: "json-server écrit chaque modification dans le fichier qu'il sert : chaque réplique a le sien, qui disparaît avec le conteneur.",
    en: "json-server writes each change to the file that it serves: each replica has its own, which is lost with the container.",
  },
  remedy: {
    fr: "Externaliser les données vers un service dédié ; ou servir le fichier en lecture seule (--ro) s'il ne change jamais.",
    en: "Move the data to a dedicated service; or serve the file read-only (--ro) if it never changes.",
  },
  files: STARTED_FILES,
  check(evidence) {
    const image = startedImage(evidence);
    const findings = startedCommands(image)
      .filter(runsAlways)
      .flatMap((command) => {
        const file = servedBy(command.words);
        if (file === undefined || staysWritable(image, absolutePath(image, file))) return [];
        return [finding(command, file)];
      });
    return outcomeOf(
      { findings },
      {
        fr: "la commande de démarrage ne sert aucun fichier comme base de données",
        en: "the start command serves no file as a database",
      },
    );
  },
});

/** File in which json-server stores its data; undefined for another program, or if it stores none. */
function servedBy(words: readonly string[]): string | undefined {
  // The command may follow node, npx and the like.
  const at = words.slice(0, 2).findIndex((word) => commandName(word) === "json-server");
  const rest = words.slice(at + 1);
  if (at < 0 || rest.some((word) => READ_ONLY.has(word))) return undefined;
  return rest.find(
    (word, index) => /^[^-].*\.json5?$/.test(word) && !isValue(rest[index - 1]) && !isAddress(word),
  );
}

function isValue(before = ""): boolean {
  return WITH_VALUE.test(before);
}

function isAddress(word: string): boolean {
  return /^[a-z]+:\/\//i.test(word);
}

function finding({ at }: StartedCommand, file: string): Finding {
  const shown = excerpt(file);
  return {
    message: {
      fr: `json-server garde ses données dans ${shown}, sur le système de fichiers de l'image`,
      en: `json-server keeps its data in ${shown}, on the image's file system`,
    },
    fingerprint: fingerprint(ID, placeKey(at), file),
    at,
  };
}
