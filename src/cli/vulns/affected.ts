import { defineCommand } from "../command-line/command.ts";
import { AFFECTED_FLAGS } from "./flags.ts";
import { runAffected } from "./run-affected.ts";

export const affectedCommand = defineCommand({
  description: {
    fr: "Dit lesquelles des images de fichiers de preuves contiennent ce qui bloque, ou les vulnérabilités nommées, sans relire les images.",
    en: "Lists the images of evidence files that contain blocking vulnerabilities, or the vulnerabilities given, without reading the images again.",
  },
  operand: {
    name: { fr: "ID|PREUVES", en: "ID|EVIDENCE" },
    many: true,
    help: {
      fr: "identifiants de vulnérabilités, s'il y a lieu, et fichiers de preuves (douane check --save-evidence FICHIER)",
      en: "ids of vulnerabilities, if any, and evidence files (douane check --save-evidence FILE)",
    },
  },
  flags: AFFECTED_FLAGS,
  examples: [
    {
      line: {
        fr: "douane vulns affected CVE-2021-44228 preuves/*.json",
        en: "douane vulns affected CVE-2021-44228 evidence/*.json",
      },
      says: {
        fr: "lesquelles de ces images contiennent Log4Shell",
        en: "which of these images contain Log4Shell",
      },
    },
  ],
  epilogue: {
    fr: `Codes de retour :
  0   aucune image n'est concernée
  1   une image est concernée
  2   à prouver
  64  ligne de commande incorrecte
  65  un fichier n'est pas lisible comme ce qu'il prétend être
  70  défaut de douane`,
    en: `Exit codes:
  0   no image is affected
  1   an image is affected
  2   unproven
  64  the command line is wrong
  65  a file is not readable as what it claims to be
  70  a defect of douane`,
  },
  run: runAffected,
});
