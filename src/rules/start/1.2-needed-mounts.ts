// emptyDir volumes that the image will probably need with a read-only root (contract 1.2).
//
// Observations only: a trial shows whether these places are written.
//
//   Next.js (.next/BUILD_ID)                      <dir>/.next/cache
//   nginx whose configuration leaves its defaults /var/cache/nginx (of Debian and Alpine: /var/lib/nginx) and /run
//   nginx with /etc/nginx/templates               /etc/nginx/conf.d, where the entrypoint renders them
//   VOLUME                                        the runtime makes the path writable; data there are lost
//   what the manifest mounts writable             silent
//   an image that came up on trial                silent except for VOLUME: the trial saw the writes

import { posix } from "node:path";
import type { Finding, Place } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { defineRule } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { phaseRun, worked } from "../../observations/phase-run.ts";
import { commandName } from "../../shell/wrappers.ts";
import { STARTED_FILES, startedCommands } from "../../start/started-commands.ts";
import { type StartedImage, startedImage } from "../../start/started-image.ts";
import { NGINX_CONFIGURATION, nginxConfiguration } from "./nginx-configuration.ts";
import { hidesStart, isMounted } from "./writable-places.ts";

const ID = "1.2-needed-mounts";
const TEMPLATES = "/etc/nginx/templates";
/** Folders of nginx for request bodies, by packager. */
const [OFFICIAL, PACKAGED] = ["/var/cache/nginx", "/var/lib/nginx"];

/** A directory that needs a volume. */
interface Need {
  readonly path: string;
  readonly finding: Finding;
}

export const neededMounts = defineRule({
  id: ID,
  rows: ["read-only-root"],
  title: {
    fr: "Les volumes emptyDir dont l'image aura besoin sont connus",
    en: "The emptyDir volumes that the image will need are known",
  },
  why: {
    fr: "Sous une racine en lecture seule, caches, fichiers de pid et configurations générées ont chacun besoin d'un volume emptyDir.",
    en: "Under a read-only root, caches, pid files and generated configuration each need an emptyDir volume.",
  },
  remedy: {
    fr: "Déclarer ces volumes emptyDir dans le manifeste.",
    en: "Declare these emptyDir volumes in the manifest.",
  },
  needs: ["image"],
  uses: ["placement", "workload", "trial"],
  files: [
    ...STARTED_FILES,
    ...NGINX_CONFIGURATION,
    { paths: [OFFICIAL, PACKAGED], type: "directory" },
    { names: ["BUILD_ID"], pattern: /\/\.next\/BUILD_ID$/ },
    { under: [TEMPLATES], suffixes: [".template"] },
  ],
  check(evidence) {
    const image = startedImage(evidence);
    const { trial } = evidence;
    const tried = trial !== undefined && worked(phaseRun(trial, "writable"));
    const needs = [...(tried ? [] : [...next(image), ...nginx(image)]), ...volumes(image)];
    const notes = needs.filter(({ path }) => !isMounted(image, path)).map(({ finding }) => finding);
    return {
      status: "pass",
      proof: {
        fr: `besoins probables en volumes emptyDir relevés : ${notes.length}`,
        en: `probable needs of emptyDir volumes noted: ${notes.length}`,
      },
      notes,
    };
  },
});

function next(image: StartedImage): readonly Need[] {
  const builds = image.files.filter(({ path }) => path.endsWith("/.next/BUILD_ID"));
  return builds.map(({ path }) =>
    mount(
      `${posix.dirname(path)}/cache`,
      { fr: "Next.js y garde son cache", en: "Next.js keeps its cache there" },
      { path },
    ),
  );
}

function nginx(image: StartedImage): readonly Need[] {
  if (!startedCommands(image).some(({ words }) => commandName(words[0]) === "nginx")) return [];
  const text = nginxConfiguration(image)
    .map(({ content }) => content)
    .join("\n");
  const mounts: Need[] = [];
  const at = { path: "/etc/nginx/nginx.conf" };
  if (!/^[ \t]*client_body_temp_path\s+\/(?:tmp|dev\/shm)\b/m.test(text)) {
    const has = (directory: string): boolean => image.files.some(({ path }) => path === directory);
    mounts.push(
      mount(
        has(PACKAGED) && !has(OFFICIAL) ? PACKAGED : OFFICIAL,
        { fr: "nginx y crée ses fichiers temporaires", en: "nginx creates its temporary files there" },
        at,
      ),
    );
  }
  if (!/^[ \t]*pid\s+\/(?:tmp|dev)\b/m.test(text)) {
    mounts.push(mount("/run", { fr: "nginx y écrit son pid", en: "nginx writes its pid there" }, at));
  }
  const template = image.files.find(({ path }) => path.startsWith(`${TEMPLATES}/`));
  if (template === undefined) return mounts;
  const why = {
    fr: "le point d'entrée y génère la configuration par envsubst",
    en: "the entrypoint renders the configuration there with envsubst",
  };
  return [...mounts, mount("/etc/nginx/conf.d", why, { path: template.path })];
}

function volumes(image: StartedImage): readonly Need[] {
  return image.config.volumes.map((volume) =>
    mount(
      volume,
      { fr: "l'image le déclare par VOLUME", en: "the image declares it as VOLUME" },
      { path: "config.Volumes" },
      hidesStart(image, volume),
    ),
  );
}

function mount(path: string, why: Text, at: Place, hides = false): Need {
  const shown = excerpt(path);
  const finding = {
    message: {
      fr: `${shown} devra être un volume emptyDir : ${why.fr}`,
      en: `${shown} will have to be an emptyDir volume: ${why.en}`,
    },
    remedy: hides
      ? {
          fr: `Retirer ce VOLUME du Dockerfile, et écrire dans un répertoire à part : un volume monté sur ${shown} masquerait l'application.`,
          en: `Remove this VOLUME from the Dockerfile, and write to a directory of its own: a volume mounted at ${shown} would hide the application.`,
        }
      : {
          fr: `Monter un volume emptyDir sur ${shown} dans le manifeste.`,
          en: `Mount an emptyDir volume at ${shown} in the manifest.`,
        },
    fingerprint: fingerprint(ID, path),
    at,
  };
  return { path, finding };
}
