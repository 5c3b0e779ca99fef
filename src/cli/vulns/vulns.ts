import type { Lang } from "../../contract/text.ts";
import { defineCommand } from "../command-line/command.ts";
import { VULNS_ACTIONS } from "./actions.ts";
import { VULNS_FLAGS } from "./flags.ts";
import { runVulns } from "./run-vulns.ts";

export const vulnsCommand = defineCommand({
  description: {
    fr: "Tient les données de vulnérabilités de cette machine. Elles servent ensuite sans réseau.",
    en: "Keeps this machine's vulnerability data. They are then used without a network.",
  },
  operand: {
    name: { fr: "ACTION", en: "ACTION" },
    many: true,
    choices: () => VULNS_ACTIONS.map(({ name }) => name),
    help: { fr: actionsIn("fr"), en: actionsIn("en") },
  },
  flags: VULNS_FLAGS,
  examples: [
    {
      line: {
        fr: "douane vulns import npm/all.zip kev.json",
        en: "douane vulns import npm/all.zip kev.json",
      },
      says: {
        fr: "remplacer deux sources par ce que ces fichiers contiennent",
        en: "replace two sources by what these files hold",
      },
    },
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
    {
      line: { fr: "douane vulns status", en: "douane vulns status" },
      says: {
        fr: "quelles données sont là, et de quand",
        en: "which data are there, and of when",
      },
    },
  ],
  epilogue: {
    fr: `Codes de retour :
  0   fait ; status : les données sont là, et récentes
  2   status : il n'y en a pas, ou certaines sont trop anciennes ou datées de l'avenir
  64  ligne de commande incorrecte
  65  un fichier n'est pas lisible comme ce qu'il prétend être : rien n'est remplacé
  69  une source n'était pas joignable, ou un autre douane écrit les données
  70  défaut de douane`,
    en: `Exit codes:
  0   done; status: there are data, and they are fresh
  2   status: there are none, or some are too old or dated in the future
  64  the command line is wrong
  65  a file is not readable as what it claims to be: nothing is replaced
  69  a source could not be reached, or another douane is writing the data
  70  a defect of douane`,
  },
  run: runVulns,
});

/** `import FILE…: what it does; status: …`. */
function actionsIn(lang: Lang): string {
  const colon = { fr: " : ", en: ": " }[lang];
  return VULNS_ACTIONS.map(({ name, operands, help }) => {
    const line = operands === undefined ? name : `${name} ${operands[lang]}`;
    return `${line}${colon}${help[lang]}`;
  }).join(" ; ");
}
