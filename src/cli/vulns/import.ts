import { defineCommand } from "../command-line/command.ts";
import { IMPORT_FLAGS } from "./flags.ts";
import { runImport } from "./run-import.ts";

export const importCommand = defineCommand({
  description: {
    fr: "Lit des données de vulnérabilités, reconnues à leur contenu ; chaque source est remplacée en entier, ou pas du tout.",
    en: "Reads vulnerability data, recognised by their content; each source is replaced wholly, or not at all.",
  },
  operand: {
    name: { fr: "FICHIER", en: "FILE" },
    many: true,
    help: {
      fr: "fichiers, archives ou répertoires de données",
      en: "files, archives or folders of data",
    },
  },
  flags: IMPORT_FLAGS,
  examples: [
    {
      line: {
        fr: "douane vulns import npm/all.zip kev.json",
        en: "douane vulns import npm/all.zip kev.json",
      },
      says: {
        fr: "remplacer deux sources par ce que ces fichiers contiennent",
        en: "replace two sources by the content of these files",
      },
    },
  ],
  epilogue: {
    fr: `Codes de retour :
  0   fait
  64  ligne de commande incorrecte
  65  un fichier n'est pas lisible comme ce qu'il prétend être : rien n'est remplacé
  69  un autre processus douane écrit les données
  70  défaut de douane`,
    en: `Exit codes:
  0   done
  64  the command line is wrong
  65  a file is not readable as what it claims to be: nothing is replaced
  69  another douane is writing the data
  70  a defect of douane`,
  },
  run: runImport,
});
