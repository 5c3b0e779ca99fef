import type { Category } from "../contract/rows.ts";
import type { Lang, Text } from "../contract/text.ts";
import type { Acceptance, Answer, Verdict } from "../contract/verdict.ts";

export const ANSWER_WORDS: Readonly<Record<Answer, Text>> = {
  yes: { fr: "oui", en: "yes" },
  no: { fr: "non", en: "no" },
  unproven: { fr: "à prouver", en: "unproven" },
  "n/a": { fr: "sans objet", en: "n/a" },
};

/** Symbols of the answers, which distinguish them without colour. */
export const ANSWER_SYMBOLS: Readonly<Record<Answer, string>> = {
  yes: "✓",
  no: "✗",
  unproven: "?",
  "n/a": "–",
};

/** Words for an application: feminine in French. */
export const ADMISSION_WORDS: Readonly<Record<Verdict["admitted"], Text>> = {
  yes: { fr: "admise", en: "admitted" },
  no: { fr: "refusée", en: "refused" },
  unproven: { fr: "à prouver", en: "unproven" },
};

/** Contract's names of its three categories, in the plural. */
export const CATEGORY_WORDS: Readonly<Record<Category, Text>> = {
  mandatory: { fr: "Exigences fortes", en: "Mandatory requirements" },
  future: { fr: "Exigences futures", en: "Future requirements" },
  recommended: { fr: "Recommandations", en: "Recommendations" },
};

/** Word for the category of one row. */
export const CATEGORY_WORD: Readonly<Record<Category, Text>> = {
  mandatory: { fr: "exigence forte", en: "mandatory requirement" },
  future: { fr: "exigence future", en: "future requirement" },
  recommended: { fr: "recommandation", en: "recommendation" },
};

export const WORDS = {
  accepted: { fr: "accepté comme faux", en: "accepted as false" },
  answer: { fr: "Réponse", en: "Answer" },
  application: { fr: "Application", en: "Application" },
  because: { fr: "à cause de", en: "because of" },
  clause: { fr: "Référence", en: "Clause" },
  container: { fr: "conteneur", en: "container" },
  declared: { fr: "Déclarée dans", en: "Declared in" },
  edition: { fr: "contrat, édition", en: "contract, edition" },
  environment: { fr: "Environnement", en: "Environment" },
  imageId: { fr: "id de l'image", en: "image id" },
  inPlaceOf: { fr: "à la place de", en: "in the place of" },
  layer: { fr: "couche", en: "layer" },
  lastWords: {
    fr: "Dernières lignes de l'application pendant l'essai",
    en: "The application's last lines during the trial",
  },
  missing: { fr: "manque", en: "missing" },
  namespace: { fr: "espace de noms", en: "namespace" },
  next: { fr: "Ensuite", en: "Next" },
  none: { fr: "(aucun)", en: "(none)" },
  note: { fr: "note", en: "note" },
  notRead: { fr: "Sources non lues", en: "Sources that could not be read" },
  nothing: { fr: "Rien n'a été jugé", en: "Nothing was judged" },
  others: { fr: "Autres exigences", en: "Other requirements" },
  overruled: { fr: "présumé, démenti par l'essai", en: "presumed, disproved by the trial" },
  presumed: {
    fr: "présumé : un essai peut prouver le contraire",
    en: "presumed: a trial can prove otherwise",
  },
  remedy: { fr: "remède", en: "remedy" },
  requirement: { fr: "Exigence", en: "Requirement" },
  same: { fr: "voir plus haut", en: "see above" },
  sameReason: { fr: "pour la même raison que", en: "for the same reason as" },
  settle: { fr: "pour trancher", en: "to settle it" },
  skipped: { fr: "Laissé de côté, sans être jugé", en: "Skipped (not judged)" },
  team: { fr: "équipe", en: "team" },
  title: { fr: "Contrat d'image de la plateforme Atlas", en: "Image contract of the Atlas platform" },
  unsettled: {
    fr: "aucune règle de cette version ne peut conclure sur ces éléments",
    en: "no rule of this version can decide this requirement from the evidence",
  },
  until: { fr: "jusqu'au", en: "until" },
  verdict: { fr: "Verdict", en: "Verdict" },
} as const satisfies Readonly<Record<string, Text>>;

/** Reason, author and expiry date of an acceptance. */
export function acceptanceTexts({ reason, author, expires }: Acceptance, lang: Lang): readonly string[] {
  return [reason, author, `${WORDS.until[lang]} ${expires}`];
}

/** A label before a text, punctuated for the language: `note : `, `note: `. */
export function labelled(label: string, text: string, lang: Lang): string {
  return lang === "fr" ? `${label} : ${text}` : `${label}: ${text}`;
}

/** The text with a capital first letter. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** French forms of placeholders in commands. */
const PLACEHOLDERS: ReadonlyMap<string, string> = new Map([
  ["FILE", "FICHIER"],
  ["MANIFEST", "MANIFESTE"],
  ["REGISTRY/NAME:TAG", "REGISTRE/NOM:TAG"],
]);

/** A command to copy, with the placeholders of its last word in the reader's language. */
export function commandText(command: string, lang: Lang): string {
  const end = command.lastIndexOf(" ") + 1;
  const french = PLACEHOLDERS.get(command.slice(end));
  return lang === "fr" && french !== undefined ? `${command.slice(0, end)}${french}` : command;
}
