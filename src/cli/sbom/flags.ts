import { CHECK_FLAGS } from "../check/flags.ts";
import type { Flags, Values } from "../command-line/command.ts";
import { parseSbomFormat } from "./formats.ts";

const { platform, noCache, insecureRegistry, caFile } = CHECK_FLAGS;

export const SBOM_FLAGS = {
  format: {
    value: { fr: "NOM[=FICHIER]", en: "NAME[=FILE]" },
    many: true,
    parse: parseSbomFormat,
    help: {
      fr: "document à écrire, répétable : table (par défaut sur un terminal), cyclonedx (par défaut ailleurs ; 1.6), cyclonedx-1.7, spdx (2.3), spdx-3 (3.0.1) ; diff : table, json",
      en: "document to write, repeatable: table (default on a terminal), cyclonedx (default elsewhere; 1.6), cyclonedx-1.7, spdx (2.3), spdx-3 (3.0.1); diff: table, json",
    },
  },
  platform,
  noCache,
  insecureRegistry,
  caFile,
} as const satisfies Flags;

export type SbomValues = Values<typeof SBOM_FLAGS>;
