import { LIMITS } from "../../contract/limits.ts";
import { defineCommand } from "../command-line/command.ts";
import { SCAN_FLAGS } from "./flags.ts";
import { runScan } from "./run-scan.ts";

export const scanCommand = defineCommand({
  description: {
    fr: "Compare les paquets d'une image ou d'un SBOM aux données de vulnérabilités de cette machine, sans réseau, et dit ce qui bloque.",
    en: "Compares the packages of an image or an SBOM with this machine's vulnerability data, without a network, and says what blocks.",
  },
  operand: {
    name: { fr: "IMAGE|SBOM", en: "IMAGE|SBOM" },
    many: true,
    help: {
      fr: "une image (registre/nom:tag, archive, répertoire OCI…), ou un fichier qui est un SBOM",
      en: "an image (registry/name:tag, archive, OCI layout…), or a file that is an SBOM",
    },
  },
  flags: SCAN_FLAGS,
  examples: [
    {
      line: {
        fr: "douane vulns portail.tar --format table --format sarif=portail.sarif",
        en: "douane vulns portal.tar --format table --format sarif=portal.sarif",
      },
      says: {
        fr: "ses vulnérabilités, les plus graves d'abord, et les mêmes en SARIF",
        en: "its vulnerabilities, most severe first, and the same in SARIF",
      },
    },
  ],
  epilogue: {
    fr: `Au-delà de ${LIMITS.vulnerabilityFindings.toLocaleString("fr")} constats, seuls les plus graves sont gardés : la réponse le dit,
et n'est jamais oui.

Codes de retour :
  0   rien ne bloque
  1   quelque chose bloque
  2   à prouver
  64  ligne de commande incorrecte
  65  un fichier n'est pas lisible comme ce qu'il prétend être
  69  l'image n'était pas joignable
  70  défaut de douane`,
    en: `Of more than ${LIMITS.vulnerabilityFindings.toLocaleString("en")} findings only the most severe are kept; the answer then says so, and is
never yes.

Exit codes:
  0   nothing blocks
  1   something blocks
  2   unproven
  64  the command line is wrong
  65  a file is not readable as what it claims to be
  69  the image could not be reached
  70  a defect of douane`,
  },
  run: runScan,
});
