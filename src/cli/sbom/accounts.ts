import type { ExecutablesFacts, HidingFacts, ImagePackages } from "../../contract/package-facts.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { unidentifiedTexts } from "./unidentified.ts";

/** Maximum number of packages named; the document lists all. */
const NAMED = 3;

/** Warnings about the limits of the document. */
export function accountTexts({ hidings, executables, unidentified }: ImagePackages): readonly Text[] {
  return [
    ...hidings.slice(0, NAMED).map(hidingText),
    ...unownedTexts(executables),
    ...unidentifiedTexts(unidentified),
  ];
}

function hidingText({ path, names, packages, by }: HidingFacts): Text {
  const shown = `${names.map(quoted).join(", ")}${packages > names.length ? "…" : ""}`;
  return {
    fr: `la couche ${by.layer + 1} enlève ou remplace la liste de paquets ${quoted(path)}, mais laisse les fichiers de ce qu'elle déclare (paquets : ${packages} ; ${shown}) : ces paquets sont dans le document, marqués comme cachés.`,
    en: `layer ${by.layer + 1} takes away or replaces the list of packages ${quoted(path)}, but leaves the files of what it states (packages: ${packages}; ${shown}): these packages are in the document, marked as hidden.`,
  };
}

function unownedTexts({ unowned, unownedBytes, bytes, largestUnowned }: ExecutablesFacts): readonly Text[] {
  if (unowned === 0) return [];
  const share = Math.ceil((100 * unownedBytes) / bytes);
  const largest = largestUnowned
    .slice(0, NAMED)
    .map(({ path, inside }) => quoted(inside === undefined ? path : `${path}!/${inside}`))
    .join(", ");
  return [
    {
      fr: `programmes, bibliothèques et jars qui n'appartiennent à aucun paquet : ${unowned} (${share} % des octets exécutables), dont ${largest}. Le document n'en dit rien.`,
      en: `programs, libraries and jars not owned by any package: ${unowned} (${share} % of executable bytes), among them ${largest}. The document does not describe them.`,
    },
  ];
}
