import type { Category } from "../../contract/rows.ts";
import type { Text } from "../../contract/text.ts";

export const CATEGORY_NAMES: Readonly<Record<Category, Text>> = {
  mandatory: {
    fr: "Exigence forte : décide de l'admission",
    en: "Mandatory requirement: decides on admission",
  },
  future: {
    fr: "Exigence future : décide de l'admission avec --enforce-future",
    en: "Future requirement: decides on admission with --enforce-future",
  },
  recommended: {
    fr: "Recommandation : ne refuse jamais une image",
    en: "Recommendation: never refuses an image",
  },
};

export const EXPLAIN_WORDS = {
  clauses: { fr: "Référence du contrat", en: "Clause of the contract" },
  derived: { fr: "Déduite, la pire des lignes", en: "Derived, the worst of the rows" },
  evidence: { fr: "Preuves nécessaires", en: "Evidence needed" },
  provenBy: { fr: "Prouvée par les règles", en: "Proven by the rules" },
  rows: { fr: "Lignes du contrat", en: "Rows of the contract" },
  notYet: {
    fr: "Cette version de douane peut la réfuter, pas encore la prouver.",
    en: "This version of douane can refute it, but not prove it yet.",
  },
} as const satisfies Record<string, Text>;
