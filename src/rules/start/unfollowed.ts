import type { ImageFacts } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { Text } from "../../contract/text.ts";
import { quoted } from "../quoted.ts";

/** Why the way from the entrypoint to the application ends before its end is known: a bound was hit. */
export function unfollowed({ program }: ImageFacts): Text | undefined {
  if (program.cut === undefined) return undefined;
  const depth = String(LIMITS.startDepth);
  const kibibytes = String(LIMITS.scriptBytes / 1024);
  return {
    fr: `le démarrage n'a pas été suivi jusqu'au bout : plus de ${depth} programmes à la suite (borne startDepth), un script de plus de ${kibibytes} Kio (scriptBytes) ou d'une complexité démesurée`,
    en: `the start was not followed to its end: more than ${depth} programs behind one another (bound startDepth), a script of more than ${kibibytes} KiB (scriptBytes) or one complex beyond measure`,
  };
}

/** What to do so that the whole start can be read. */
export const SHORTEN_THE_START: Text = {
  fr: "Raccourcir le démarrage : lancer le programme directement, sous forme exec, ou par un script court.",
  en: "Shorten the start: start the program itself, in exec form, or through a short script.",
};

/** Says which programs of the start the image does not hold, or only the shell knows by name. */
export function notFound(names: readonly string[]): Text {
  const list = names.map(quoted).join(", ");
  return {
    fr: `programmes du démarrage introuvables dans l'image : ${list}`,
    en: `programs of the start not found in the image: ${list}`,
  };
}
