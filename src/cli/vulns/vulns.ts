import type { CommandGroup } from "../command-line/command.ts";
import { VULNS_COMMANDS } from "./commands.ts";

export const vulnsCommand: CommandGroup = {
  description: {
    fr: "Compare une image ou un SBOM aux données de vulnérabilités de cette machine, sans réseau, et tient ces données. Sans nom de commande, c'est scan : « douane vulns IMAGE|SBOM ».",
    en: "Compares an image or an SBOM with this machine's vulnerability data, without a network, and keeps these data. Without the name of a command, scan is meant: `douane vulns IMAGE|SBOM`.",
  },
  subcommands: VULNS_COMMANDS,
  byDefault: "scan",
  examples: [
    {
      line: { fr: "douane vulns portail.tar", en: "douane vulns portal.tar" },
      says: {
        fr: "ses vulnérabilités, les plus graves d'abord",
        en: "its vulnerabilities, most severe first",
      },
    },
    {
      line: { fr: "douane vulns status", en: "douane vulns status" },
      says: { fr: "quelles données sont là, et de quand", en: "which data are there, and how old they are" },
    },
  ],
  epilogue: {
    fr: "« douane vulns <commande> --help » détaille chaque commande et ses options.",
    en: "`douane vulns <command> --help` explains each command and its options.",
  },
};
