import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";

/** Placeholders of douane's own messages, with the texts that explain them. */
const PLACEHOLDERS: ReadonlyMap<string, Text> = new Map([
  ...["IMAGE", "REGISTRY/NAME:TAG", "REGISTRE/NOM:TAG"].map((word) => [word, image()] as const),
  ...["MANIFEST", "MANIFESTE", "FILE", "FICHIER", "FOLDER", "DOSSIER"].map(
    (word) => [word, manifest()] as const,
  ),
  ["DOCKERFILE", { fr: "douane check Dockerfile", en: "douane check Dockerfile" }],
]);

function image(): Text {
  return {
    fr: "douane check registry.example.fr/equipe/portail:1.4.2",
    en: "douane check registry.example.fr/team/portal:1.4.2",
  };
}

function manifest(): Text {
  return { fr: "douane check deploiement/", en: "douane check deploy/" };
}

/** Error for an operand that is a placeholder or empty; undefined for others. */
export function operandError(operand: string): UsageError | undefined {
  if (operand.trim() === "") {
    return new UsageError("operand-empty", {
      fr: "Un nom vide a été donné : la variable qui devait le dire est sans doute vide. Nommer une image, un répertoire ou un fichier.",
      en: "Empty argument: the variable is probably unset. Give an image, a folder or a file.",
    });
  }
  const example = PLACEHOLDERS.get(operand);
  if (example === undefined) return undefined;
  return new UsageError("operand-placeholder", {
    fr: `${quoted(operand)} tient la place d'un nom : l'écrire, par exemple ${example.fr}`,
    en: `${quoted(operand)} is a placeholder: give a name, for example ${example.en}`,
  });
}
