import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { StrayLink } from "../../files/stray-link.ts";

/** Sentence about a file that is not written, since a link on the way leads out of the repository. */
export function strayLinkText(file: string, stray: StrayLink): Text {
  const [link, target] = [quoted(stray.link), quoted(stray.target)];
  return {
    fr: `${quoted(file)} n'est pas écrit : ${link} est un lien symbolique vers ${target}, hors du dépôt qui le contient. Nommer ${target} lui-même s'il faut l'écrire, ou supprimer le lien.`,
    en: `${quoted(file)} is not written: ${link} is a symbolic link to ${target}, outside the repository that holds it. Name ${target} itself if that is to be written, or delete the link.`,
  };
}
