// No sign indicates that the program writes to the root file system (contract 1.2).
//
// Only a trial shows the actual writes. The signs are in the command line, the environment and scripts.
//
//   --data-dir=/var/lib/x  UPLOAD_DIR=/app/uploads  PIDFILE=/run/x.pid  DATABASE_URL=sqlite:///app/x.db   presumed fail
//   a log path that is not a stream; `sed -i`, `envsubst >`, touch, tee, cp in a start script             presumed fail
//   mkdir, chown, chmod, ln (no write if the state is already as wanted), caches, conditional commands    note
//   /tmp (unless the manifest has a read-only root and mounts nothing there)                              silent
//   /dev, declared volumes, the manifest's writable mounts; failures that the script handles (`|| true`, nginx's listen-on-ipv6)     silent

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type CommandPlace, placeKey, runsAlways, type StartedCommand } from "../../start/command-place.ts";
import { scriptWrites } from "../../start/script-writes.ts";
import { STARTED_FILES, startedCommands } from "../../start/started-commands.ts";
import { type StartedImage, startedImage } from "../../start/started-image.ts";
import { dataPaths } from "./data-paths.ts";
import { LOG_LINKS, logPaths } from "./log-paths.ts";
import { defineStartRule } from "./start-rule.ts";
import { unlessUnknown } from "./unfollowed.ts";
import { absolutePath, hidesStart, mountFor, readOnlyMount, staysWritable } from "./writable-places.ts";

const ID = "1.2-writable-root";

/** A path that is probably written, with the reason. */
interface Sign {
  readonly by: string;
  readonly path: string;
  readonly at: CommandPlace;
  readonly strong: boolean;
}

export const writableRoot = defineStartRule({
  id: ID,
  rows: ["read-only-root"],
  title: {
    fr: "Rien ne laisse prévoir d'écriture sur le système de fichiers racine",
    en: "Nothing announces a write to the root file system",
  },
  why: {
    fr: "Le système de fichiers racine d'un conteneur peut être monté en lecture seule : une application qui y écrit s'arrête alors, et ce qu'elle y a écrit se perd de toute façon avec le conteneur.",
    en: "A container's root file system may be mounted read-only: an application that writes to it then stops, and what it wrote is lost with the container anyway.",
  },
  remedy: {
    fr: "Écrire dans /tmp ou dans un volume emptyDir.",
    en: "Write to /tmp or to an emptyDir volume.",
  },
  files: [...STARTED_FILES, LOG_LINKS],
  check(evidence) {
    const image = startedImage(evidence);
    const signs = signsIn(image).map((sign) => ({ refutes: sign.strong, finding: finding(image, sign) }));
    return unlessUnknown(
      image,
      outcomeOf(
        { ...sortFindings(signs), presumed: true },
        {
          fr: "ni la commande de démarrage, ni ses scripts, ni les variables d'environnement ne nomment de chemin à écrire hors de /tmp et des volumes",
          en: "neither the start command, its scripts, nor the environment variables name a path to write outside /tmp and the volumes",
        },
      ),
    );
  },
});

/**
 * The rule for an image that was not read. The image may declare a VOLUME at any path, so every sign is only
 * a note; relative paths are ignored unless the manifest sets the working directory.
 */
export const perhapsWritableRoot: typeof writableRoot = {
  ...writableRoot,
  check(evidence) {
    const image = startedImage(evidence);
    const notes = signsIn(image)
      .filter(({ path }) => path.startsWith("/") || image.config.workingDir !== "")
      .map((sign) => finding(image, { ...sign, strong: false }));
    return { status: "n/a", reason: NOT_READ, notes };
  },
};

const NOT_READ: Text = {
  fr: "l'image n'a pas été lue : les volumes qu'elle déclare ne sont pas connus",
  en: "the image was not read: the volumes that it declares are not known",
};

function signsIn(image: StartedImage): readonly Sign[] {
  const commands = startedCommands(image);
  return [...named(image, commands), ...commands.flatMap(written)].filter(
    ({ path }) => !staysWritable(image, path),
  );
}

function named(image: StartedImage, commands: readonly StartedCommand[]): readonly Sign[] {
  return [
    ...logPaths(image, commands)
      .filter(({ name }) => !/^(?:[\d&]*>|tee)/.test(name))
      .map(({ name, path, at }) => ({ by: name, path, at, strong: true })),
    ...dataPaths(image, commands).map(({ name, path, at, cache }) => ({
      by: name,
      path,
      at,
      strong: !cache,
    })),
  ];
}

function written(command: StartedCommand): readonly Sign[] {
  if (command.tested) return [];
  const certain = runsAlways(command);
  return scriptWrites(command).map(({ by, path, content }) => ({
    by,
    path,
    at: command.at,
    strong: certain && content,
  }));
}

function finding(image: StartedImage, { by, path, at, strong }: Sign): Finding {
  const [shown, value] = [excerpt(by), excerpt(absolutePath(image, path))];
  const mount = readOnlyMount(image, path);
  const own = { fingerprint: fingerprint(ID, placeKey(at), by, path), at };
  if (mount !== undefined) return { ...intoMount(shown, value, excerpt(mount)), ...own };
  const perhaps = strong ? { fr: "", en: "" } : { fr: " peut-être", en: " perhaps" };
  return {
    message: {
      fr: `« ${shown} » fait${perhaps.fr} écrire sur le système de fichiers racine : ${value}`,
      en: `\`${shown}\`${perhaps.en} makes it write to the root file system: ${value}`,
    },
    remedy: remedyFor(image, mountFor(image, path, by)),
    ...own,
  };
}

/** A write into a volume that the manifest mounts read-only, as the kubelet always mounts ConfigMaps. */
function intoMount(by: string, path: string, mount: string): Pick<Finding, "message" | "remedy"> {
  return {
    message: {
      fr: `« ${by} » fait écrire ${path} dans le volume monté sur ${mount}, qui est en lecture seule`,
      en: `\`${by}\` makes it write ${path} into the volume mounted at ${mount}, which is read-only`,
    },
    remedy: {
      fr: `Copier au lancement les fichiers de ${mount} dans un volume emptyDir et les y modifier, ou donner ces valeurs par des variables d'environnement.`,
      en: `Copy the files of ${mount} into an emptyDir volume at start and change them there, or give these values by environment variables.`,
    },
  };
}

/** Remedy: with a read-only root in the manifest, only a volume helps. */
function remedyFor(image: StartedImage, place: string): Text {
  const { manifest } = image;
  const mount = excerpt(place);
  if (hidesStart(image, place)) {
    return {
      fr: `Écrire dans /tmp, ou dans un répertoire à part où le manifeste monte un volume emptyDir : sur ${mount}, il masquerait l'application.`,
      en: `Write to /tmp, or to a directory of its own at which the manifest mounts an emptyDir volume: at ${mount} it would hide the application.`,
    };
  }
  if (manifest?.readOnlyRoot === true) {
    return {
      fr: `Monter un volume emptyDir sur ${mount} dans le manifeste : la racine y est en lecture seule.`,
      en: `Mount an emptyDir volume at ${mount} in the manifest: the root is read-only there.`,
    };
  }
  return {
    fr: `Écrire dans /tmp, ou monter un volume emptyDir sur ${mount} dans le manifeste.`,
    en: `Write to /tmp, or mount an emptyDir volume at ${mount} in the manifest.`,
  };
}
