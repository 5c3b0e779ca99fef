import { defineCommand } from "../command-line/command.ts";
import { EXPORT_FLAGS } from "./flags.ts";
import { runExport } from "./run-export.ts";

export const exportCommand = defineCommand({
  description: {
    fr: "Écrit les données de cette machine en répertoire OCI, pour un registre ou un serveur web.",
    en: "Writes this machine's data as an OCI layout, for a registry or a web server.",
  },
  operand: {
    name: { fr: "RÉPERTOIRE", en: "FOLDER" },
    many: true,
    help: {
      fr: "où écrire ; un export précédent qui s'y trouve donne des deltas",
      en: "where to write; an earlier export that is there gives deltas",
    },
  },
  flags: EXPORT_FLAGS,
  examples: [
    {
      line: {
        fr: "douane vulns export donnees --signing-key cle.pem",
        en: "douane vulns export data --signing-key key.pem",
      },
      says: {
        fr: "écrire des données signées, que « douane vulns update » prend",
        en: "write signed data, which `douane vulns update` takes",
      },
    },
  ],
  epilogue: {
    fr: `Codes de retour :
  0   fait
  64  ligne de commande incorrecte
  65  un fichier n'est pas lisible comme ce qu'il prétend être
  70  défaut de douane`,
    en: `Exit codes:
  0   done
  64  the command line is wrong
  65  a file is not readable as what it claims to be
  70  a defect of douane`,
  },
  run: runExport,
});
