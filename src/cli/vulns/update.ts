import { defineCommand } from "../command-line/command.ts";
import { UPDATE_FLAGS } from "./flags.ts";
import { runUpdate } from "./run-update.ts";

export const updateCommand = defineCommand({
  description: {
    fr: "Prend ce qui est nouveau du premier miroir qui répond, ou des sources officielles.",
    en: "Downloads new data from the first mirror that answers, or from the official feeds.",
  },
  operand: {
    name: { fr: "MIROIR", en: "MIRROR" },
    many: true,
    help: {
      fr: "https://…, oci://registre/nom:tag, un répertoire, ou official : les sources officielles ; sans argument, les miroirs de la politique",
      en: "https://…, oci://registry/name:tag, a folder, or official: the official feeds; without it, the policy's mirrors",
    },
  },
  flags: UPDATE_FLAGS,
  examples: [
    {
      line: {
        fr: "douane vulns update oci://registry.example.fr/socle/vulnerabilites:latest --public-key cle.pem",
        en: "douane vulns update oci://registry.example.fr/platform/vulnerabilities:latest --public-key key.pem",
      },
      says: {
        fr: "prendre les données signées que la plateforme publie",
        en: "take the signed data that the platform publishes",
      },
    },
  ],
  epilogue: {
    fr: `Codes de retour :
  0   fait, ou rien de nouveau
  64  ligne de commande incorrecte
  65  un fichier n'est pas lisible comme ce qu'il prétend être : rien n'est remplacé
  69  une source n'était pas joignable, ou un autre processus douane écrit les données
  70  défaut de douane`,
    en: `Exit codes:
  0   done, or nothing is new
  64  the command line is wrong
  65  a file is not readable as what it claims to be: nothing is replaced
  69  a source could not be reached, or another douane is writing the data
  70  a defect of douane`,
  },
  run: runUpdate,
});
