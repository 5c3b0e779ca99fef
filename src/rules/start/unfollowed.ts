import { LIMITS } from "../../contract/limits.ts";
import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { StartedImage } from "../../start/started-image.ts";
import type { StartupCommands } from "../../start/startup-files.ts";
import { isMounted } from "../image/is-mounted.ts";

/**
 * Reason why the start is not known to its end: a bound was reached, or the manifest's command was not
 * followed.
 */
export function unfollowed({ program, manifest }: StartedImage): Text | undefined {
  if (manifest?.unknown !== undefined) return manifest.unknown;
  if (program.cut === undefined) return undefined;
  const depth = String(LIMITS.startDepth);
  const kibibytes = String(LIMITS.scriptBytes / 1024);
  return {
    fr: `le démarrage n'a pas été suivi jusqu'au bout : plus de ${depth} programmes à la suite (borne startDepth), un script de plus de ${kibibytes} Kio (scriptBytes) ou d'une complexité démesurée`,
    en: `the start was not followed to its end: more than ${depth} programs in a row (bound startDepth), a script of more than ${kibibytes} KiB (scriptBytes) or a script that is too complex`,
  };
}

/** Advice that makes the whole start readable. */
const SHORTEN_THE_START: Text = {
  fr: "Raccourcir le démarrage : lancer le programme directement, sous forme exec, ou par un script court.",
  en: "Shorten the start: start the program itself, in exec form, or through a short script.",
};

/** Outcome for a start that was not followed to its end. */
export function unfollowedStart(image: StartedImage): Outcome | undefined {
  const reason = unfollowed(image);
  if (reason === undefined) return undefined;
  const settle = image.manifest?.unknown === undefined ? SHORTEN_THE_START : FOLLOW_THE_START;
  return { status: "unproven", reason, settle };
}

/** Advice for a manifest's command that was not followed. */
const FOLLOW_THE_START: Text = {
  fr: "Relire l'image avec son manifeste corrigé : douane check MANIFESTE.",
  en: "Read the image again with its corrected manifest: douane check MANIFEST.",
};

/** Outcome for a shell whose start-up file was not read, except a file that the manifest mounts. */
export function unreadStartup(
  { unread }: StartupCommands,
  placement: Parameters<typeof isMounted>[0],
): Outcome | undefined {
  const path = unread.find((one) => !isMounted(placement, one));
  if (path === undefined) return undefined;
  const shown = excerpt(path);
  return {
    status: "unproven",
    reason: {
      fr: `un shell du démarrage lit d'abord ${shown}, dont le texte n'est pas connu : plus de 64 Kio, ou nommé par le manifeste seul`,
      en: `a shell of the start first reads ${shown}, whose text is not known: above 64 KiB, or named by the manifest alone`,
    },
    settle: {
      fr: `Raccourcir ${shown}, ou lancer le programme sans que le shell le lise.`,
      en: `Shorten ${shown}, or start the program without having a shell read it.`,
    },
  };
}

/** Turns a pass or n/a into unproven if the start of the manifest's command is unknown. */
export function unlessUnknown({ manifest }: StartedImage, outcome: Outcome): Outcome {
  if (manifest?.unknown === undefined || outcome.status === "fail") return outcome;
  const { notes = [] } = outcome;
  return { status: "unproven", reason: manifest.unknown, settle: FOLLOW_THE_START, notes };
}

/**
 * Text that names programs of the start that are missing in the image, or whose names only the shell
 * computes.
 */
export function notFound(names: readonly string[]): Text {
  const list = names.map(excerpt).join(", ");
  return {
    fr: `programmes du démarrage introuvables dans l'image : ${list}`,
    en: `programs of the start not found in the image: ${list}`,
  };
}
