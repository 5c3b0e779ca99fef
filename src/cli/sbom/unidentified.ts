import type { FoundAt } from "../../contract/package-facts.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";

/** Most archives named; the document lists all. */
const NAMED = 5;

/** One sentence about archives that cannot be identified; empty if there are none. */
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
