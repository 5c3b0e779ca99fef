import { defineCommand } from "../command-line/command.ts";
import { EXIT_CODES, VERIFY_FLAGS } from "./flags.ts";
import { runVerify } from "./run-verify.ts";

export const verifyCommand = defineCommand({
  description: {
    fr: "Vérifie le journal d'audit, entrée par entrée : une entrée modifiée, supprimée, ajoutée ou déplacée est détectée. Une fin coupée, ou un journal réécrit en entier, ne se détecte qu'avec une tête signée, gardée hors de la base de données (--head). Avec un fichier, vérifie un export sans la base de données.",
    en: "Verifies the audit log, entry by entry, and detects any entry that was changed, deleted, inserted or moved. An end that was cut off, or a log that was rewritten as a whole, is detected only with a signed head that was kept outside the database (--head). With a file, verifies an export without the database.",
  },
  operand: {
    name: { fr: "EXPORT", en: "EXPORT" },
    many: true,
    help: {
      fr: "fichier de « douane audit export » ; sans lui, le journal lui-même",
      en: "file of `douane audit export`; without it, the log itself",
    },
  },
  flags: VERIFY_FLAGS,
  examples: [
    {
      line: {
        fr: "douane audit verify portail.json --public-key audit.pub",
        en: "douane audit verify portal.json --public-key audit.pub",
      },
      says: {
        fr: "vérifier un export, sans la base de données",
        en: "verify an export, without the database",
      },
    },
  ],
  epilogue: EXIT_CODES,
  run: runVerify,
});
