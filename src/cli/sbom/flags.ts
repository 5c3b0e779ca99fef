import { CHECK_FLAGS, READING_FLAGS } from "../check/flags.ts";
import type { Flags, Values } from "../command-line/command.ts";
import { assertDistinct } from "../command-line/format-target.ts";
import { parseSbomFormat } from "./formats.ts";
import { PROFILE_NAMES, parseProfile } from "./profile-texts.ts";

const { data } = CHECK_FLAGS;

const format = {
  value: { fr: "NOM[=FICHIER]", en: "NAME[=FILE]" },
  many: true,
  parse: parseSbomFormat,
  verify: assertDistinct,
} as const;

export const SBOM_FLAGS = {
  format: {
    ...format,
    help: {
      fr: "document à écrire, répétable : table (par défaut sur un terminal), cyclonedx (par défaut ailleurs ; 1.6), cyclonedx-1.7, spdx (2.3), spdx-3 (3.0.1)",
      en: "document to write, repeatable: table (default on a terminal), cyclonedx (default elsewhere; 1.6), cyclonedx-1.7, spdx (2.3), spdx-3 (3.0.1)",
    },
  },
  profile: {
    value: { fr: "NOM", en: "NAME" },
    many: true,
    choices: () => PROFILE_NAMES,
    parse: parseProfile,
    help: {
      fr: "nommer sur stderr les éléments minimaux que le SBOM ne donne pas, répétable : ntia (2021), cisa (projet de 2025), bsi (TR-03183-2) ; le code de retour n'en dépend pas",
      en: "name on stderr the minimum elements that the SBOM does not state, repeatable: ntia (2021), cisa (draft of 2025), bsi (TR-03183-2); the exit code does not depend on them",
    },
  },
  ...READING_FLAGS,
} as const satisfies Flags;

export const DIFF_FLAGS = {
  format: {
    ...format,
    help: {
      fr: "forme de la réponse, répétable : table (par défaut), json",
      en: "form of the answer, repeatable: table (default), json",
    },
  },
  data,
  ...READING_FLAGS,
} as const satisfies Flags;

export type SbomValues = Values<typeof SBOM_FLAGS>;
export type DiffValues = Values<typeof DIFF_FLAGS>;
