import { counted } from "../../contract/counted.ts";
import { type FoundAt, WHEEL_LIBRARIES } from "../../contract/package-facts.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";

/** Maximum number of archives named; the document lists all. */
const NAMED = 5;

/** Sentences about code that states no version: archives, and libraries copied beside wheels. */
export function unidentifiedTexts(found: readonly FoundAt[]): readonly Text[] {
  const all = found.filter(({ cataloger }) => cataloger !== WHEEL_LIBRARIES);
  return [...archives(all), ...copiedLibraries(found.length - all.length)];
}

/** Libraries that auditwheel copied beside wheels, whose versions no list states. */
function copiedLibraries(folders: number): readonly Text[] {
  if (folders === 0) return [];
  return [
    {
      fr: `${counted(folders, "fr", ["roue Python contient", "roues Python contiennent"])} des bibliothèques copiées (*.libs/), dont rien ne dit la version.`,
      en: `${counted(folders, "en", ["Python wheel holds", "Python wheels hold"])} copied libraries (*.libs/), of which nothing states the version.`,
    },
  ];
}

/** One sentence that names the first archives. */
function archives(all: readonly FoundAt[]): readonly Text[] {
  if (all.length === 0) return [];
  const places = all
    .slice(0, NAMED)
    .map(({ path, inside }) => quoted(inside === undefined ? path : `${path}!/${inside}`));
  const more = all.length - places.length;
  return [
    {
      fr: `${places.join(", ")}${more > 0 ? ` et ${more} autre(s)` : ""} : rien dedans ne dit ce que c'est (ni pom.properties, ni version dans le manifeste). Seul le nom du fichier en est tiré.`,
      en: `${places.join(", ")}${more > 0 ? ` and ${more} more` : ""}: nothing in the archive identifies it (no pom.properties, no version in the manifest). Only its file name is reported.`,
    },
  ];
}
