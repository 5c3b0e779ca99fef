import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { StrayLink } from "../../files/stray-link.ts";

/** Sentence about a file that is not written, since the user did not choose the target of a link on the way. */
export function strayLinkText(file: string, { link, target, leads }: StrayLink): Text {
  const { fr, en } = WHY[leads];
  return {
    fr: `${quoted(file)} n'est pas écrit : ${quoted(link)} est un lien symbolique vers ${quoted(target)}, ${fr}. Nommer ${quoted(target)} lui-même s'il faut l'écrire, ou supprimer le lien.`,
    en: `${quoted(file)} is not written: ${quoted(link)} is a symbolic link to ${quoted(target)}, ${en}. Name ${quoted(target)} itself if that is to be written, or delete the link.`,
  };
}

const WHY: Readonly<Record<StrayLink["leads"], Text>> = {
  outside: { fr: "hors du dépôt qui le contient", en: "outside the repository that holds it" },
  "to-version-control": {
    fr: "dans un répertoire du gestionnaire de versions",
    en: "in a folder of version control",
  },
  "to-other-file": { fr: "que douane n'a pas écrit", en: "which douane did not write" },
};
