import { UsageError } from "../../contract/error.ts";
import { LANGS, type Lang } from "../../contract/text.ts";
import type { Flags } from "./command.ts";
import { parseWidth } from "./width.ts";

/** Flags of every command, accepted before or after its name. */
export const COMMON_FLAGS = {
  lang: {
    env: true,
    value: { fr: "fr|en", en: "fr|en" },
    choices: () => LANGS,
    help: {
      fr: "langue des textes (par défaut celle des paramètres régionaux, sinon l'anglais)",
      en: "language of all texts (default: the locale's, else English)",
    },
    parse: parseLang,
  },
  quiet: {
    env: true,
    short: "q",
    help: {
      fr: "ne rien dire d'autre que les erreurs et les formats demandés",
      en: "say nothing but errors and the formats asked for",
    },
  },
  verbose: {
    short: "v",
    help: {
      fr: "tout dire : le détail de chaque application, les preuves entières",
      en: "tell everything: the details of each application, proofs in full",
    },
  },
  width: {
    value: { fr: "N", en: "N" },
    parse: parseWidth,
    help: {
      fr: "largeur en colonnes (par défaut COLUMNS, sinon celle du terminal, sinon 80)",
      en: "width in columns (default: COLUMNS, else the terminal's, else 80)",
    },
  },
  noColor: {
    help: {
      fr: "pas de couleurs (NO_COLOR et FORCE_COLOR sont respectés)",
      en: "no colours (NO_COLOR and FORCE_COLOR are respected)",
    },
  },
  debug: {
    help: {
      fr: "afficher la pile d'appels d'une erreur (aussi DOUANE_DEBUG=1)",
      en: "show the stack trace of an error (also DOUANE_DEBUG=1)",
    },
  },
} as const satisfies Flags;

function parseLang(value: string): Lang {
  const lang = LANGS.find((candidate) => candidate === value);
  if (lang !== undefined) return lang;
  const seen = JSON.stringify(value);
  throw new UsageError("lang-unknown", {
    fr: `--lang ${seen} : douane parle fr et en.`,
    en: `--lang ${seen}: douane speaks fr and en.`,
  });
}
