import { quoted } from "../contract/shown.ts";
import { FileRefusal } from "./file-refusal.ts";
import { linksOnWay } from "./links-on-way.ts";

/**
 * Asserts that no link of a repository decides which file is read. The command line named only the link: a
 * merge request could make `Dockerfile` a link to a token, and errors and findings would then quote the
 * token.
 *
 * @param file absolute path, as the user typed it
 * @param cwd absolute path; its content counts as a repository's even if it is not one
 * @throws FileRefusal brought-link, which names both ends
 */
export function assertNotBrought(file: string, cwd: string): void {
  for (const { link, target = "", leads } of linksOnWay(file, cwd)) {
    if (leads === undefined) continue;
    const { fr, en } = WHERE[leads];
    throw new FileRefusal("brought-link", {
      fr: `${quoted(link)} est un lien symbolique vers ${quoted(target)}, ${fr} : il n'est pas suivi, car un dépôt ne choisit pas quel fichier lire sur cette machine. Nommer ${quoted(target)} lui-même s'il faut le lire, ou mettre le fichier dans le dépôt`,
      en: `${quoted(link)} is a symbolic link to ${quoted(target)}, ${en}: it is not followed, because a repository does not choose which file of this machine is read. Name ${quoted(target)} itself if that is to be read, or put the file into the repository`,
    });
  }
}

const WHERE = {
  outside: { fr: "hors du dépôt qui le contient", en: "outside the repository that holds it" },
  "to-version-control": {
    fr: "dans un répertoire du gestionnaire de versions",
    en: "in a folder of version control",
  },
} as const;
