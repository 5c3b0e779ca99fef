import type { Lang } from "../../contract/text.ts";
import { defineCommand } from "../command-line/command.ts";
import { VULNS_ACTIONS } from "./actions.ts";
import { VULNS_FLAGS } from "./flags.ts";
import { runVulns } from "./run-vulns.ts";

export const vulnsCommand = defineCommand({
  description: {
    fr: "Compare une image ou un SBOM aux données de vulnérabilités de cette machine, sans réseau, et tient ces données.",
    en: "Compares an image or an SBOM with this machine's vulnerability data, without a network, and keeps these data.",
  },
  operand: {
    name: { fr: "IMAGE|SBOM|ACTION", en: "IMAGE|SBOM|ACTION" },
    many: true,
    choices: () => VULNS_ACTIONS.map(({ name }) => name),
    orFiles: true,
    help: {
      fr: `une image, ou un fichier qui est un SBOM ; sinon ${actionsIn("fr")}`,
      en: `an image, or a file that is an SBOM; else ${actionsIn("en")}`,
    },
  },
  flags: VULNS_FLAGS,
  examples: [
    {
      line: {
        fr: "douane vulns portail.tar --format table --format sarif=portail.sarif",
        en: "douane vulns portal.tar --format table --format sarif=portal.sarif",
      },
      says: {
        fr: "ses vulnérabilités, les plus graves d'abord",
        en: "its vulnerabilities, the gravest first",
      },
    },
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
  0   fait ; image ou SBOM : rien ne bloque ; status : les données sont là, et récentes
  1   image ou SBOM, affected : quelque chose bloque
  2   image ou SBOM : à prouver ; status : pas de données, ou certaines trop anciennes ou datées de l'avenir
  64  ligne de commande incorrecte
  65  un fichier n'est pas lisible comme ce qu'il prétend être : rien n'est remplacé
  69  une source n'était pas joignable, ou un autre douane écrit les données
  70  défaut de douane`,
    en: `Exit codes:
  0   done; image or SBOM: nothing blocks; status: there are data, and they are fresh
  1   image or SBOM, affected: something blocks
  2   image or SBOM: unproven; status: there are no data, or some are too old or dated in the future
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
