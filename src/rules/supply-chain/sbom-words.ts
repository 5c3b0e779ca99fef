import { counted } from "../../contract/counted.ts";
import type { Place } from "../../contract/finding.ts";
import type { ImageFacts } from "../../contract/image-facts.ts";
import type { FoundSbom, SbomState } from "../../contract/sbom-facts.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Lang, Text } from "../../contract/text.ts";

/** Explanation of a document's state for its author. */
const STATES: Readonly<Record<SbomState, Text>> = {
  valid: { fr: "conforme à son format", en: "conforms to its format" },
  hidden: {
    fr: "supprimé ou remplacé par une couche suivante : le conteneur ne l'a pas",
    en: "deleted or replaced by a later layer: the container does not have it",
  },
  link: {
    fr: "un lien, pas un document : le copier à cet endroit",
    en: "a link, not a document: copy it to that place",
  },
  dependency: {
    fr: "celui d'une dépendance, pas de l'image",
    en: "that of a dependency, not of the image",
  },
  "too-long": { fr: "plus grand que ce qui est lu", en: "too large to be read" },
  unreadable: { fr: "illisible", en: "not readable" },
  "unknown-format": { fr: "ni du SPDX ni du CycloneDX", en: "neither SPDX nor CycloneDX" },
  invalid: { fr: "ne respecte pas son format", en: "violates its format" },
  empty: { fr: "ne nomme aucun paquet", en: "names no package" },
  foreign: { fr: "décrit une autre image", en: "describes another image" },
};

/** Path of the document: `/app/app.jar!/META-INF/sbom/application.cdx.json`. */
export function documentPath({ at }: FoundSbom): string {
  if (at.in === "attestation") return at.manifest;
  return at.inside === undefined ? at.path : `${at.path}!/${at.inside}`;
}

export function documentPlace(found: FoundSbom, image: Pick<ImageFacts, "layers"> | undefined): Place {
  const { at } = found;
  const layer = at.in === "file" ? image?.layers[at.layer] : undefined;
  const path = documentPath(found);
  return layer === undefined ? { path } : { path, layer: layer.digest ?? layer.diffId };
}

/** Description of a document: `CycloneDX 1.6, JSON, 312 packages`. */
export function documentText({ format, components, signed, signer }: FoundSbom): Text {
  const parts = (lang: Lang) => [
    ...(format === undefined ? [] : [`${format.name} ${excerpt(format.version)}`.trim()]),
    counted(components, lang, lang === "fr" ? ["paquet", "paquets"] : ["package", "packages"]),
    ...(signed === false ? [UNSIGNED[lang]] : []),
    ...(signer === undefined ? [] : [`${SIGNED[lang]} ${excerpt(signer)}`]),
  ];
  return { fr: parts("fr").join(", "), en: parts("en").join(", ") };
}

const UNSIGNED: Text = {
  fr: "attestation non signée, affirmée par qui a construit l'image",
  en: "an unsigned attestation, the word of whoever built the image",
};

const SIGNED: Text = { fr: "attestation signée par", en: "an attestation signed by" };

/** Problem of a document that does not count. */
export function stateText({ state, problem, subject }: FoundSbom): Text {
  const { fr, en } = STATES[state];
  if (state === "foreign" && subject !== undefined) {
    return { fr: `${fr} (${excerpt(subject)})`, en: `${en} (${excerpt(subject)})` };
  }
  if (problem === undefined) return { fr, en };
  return { fr: `${fr} (${excerpt(problem.fr)})`, en: `${en} (${excerpt(problem.en)})` };
}
