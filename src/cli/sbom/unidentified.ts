import type { FoundAt } from "../../contract/package-facts.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";

/** As many are named; the document has all. */
const NAMED = 5;

/** Tells of archives that do not say what they are, in one sentence; none where all do. */
export function unidentifiedTexts(all: readonly FoundAt[]): readonly Text[] {
  if (all.length === 0) return [];
  const places = all
    .slice(0, NAMED)
    .map(({ path, inside }) => quoted(inside === undefined ? path : `${path}!/${inside}`));
  const more = all.length - places.length;
  return [
    {
      fr: `${places.join(", ")}${more > 0 ? ` et ${more} autre(s)` : ""} : rien dedans ne dit ce que c'est (ni pom.properties, ni version dans le manifeste). Seul le nom du fichier en est tiré.`,
      en: `${places.join(", ")}${more > 0 ? ` and ${more} more` : ""}: nothing inside says what it is (no pom.properties, no version in the manifest). Only the file's name is told.`,
    },
  ];
}
