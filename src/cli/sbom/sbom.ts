import type { CommandGroup } from "../command-line/command.ts";

export const sbomCommand: CommandGroup = {
  description: {
    fr: "Écrit ce qu'une image contient, ou compare deux images. Sans nom de commande, c'est write : « douane sbom IMAGE ».",
    en: "Writes what an image holds, or compares two images. Without the name of a command, write is meant: `douane sbom IMAGE`.",
  },
  subcommands: [
    {
      name: "write",
      summary: {
        fr: "écrire le SBOM d'une image, ou montrer ce qu'un SBOM dit (par défaut)",
        en: "write the SBOM of an image, or show what an SBOM says (default)",
      },
      load: async () => (await import("./write.ts")).writeCommand,
    },
    {
      name: "diff",
      summary: {
        fr: "comparer deux images ou SBOM",
        en: "compare two images or SBOMs",
      },
      load: async () => (await import("./diff.ts")).diffCommand,
    },
  ],
  byDefault: "write",
  examples: [
    {
      line: {
        fr: "douane sbom registry.example.fr/equipe/portail:1.4.2",
        en: "douane sbom registry.example.fr/team/portal:1.4.2",
      },
      says: { fr: "ce que l'image contient, en un tableau", en: "what the image holds, as a table" },
    },
    {
      line: {
        fr: "douane sbom portail.tar --format cyclonedx=portail.cdx.json --format spdx=portail.spdx.json",
        en: "douane sbom portal.tar --format cyclonedx=portal.cdx.json --format spdx=portal.spdx.json",
      },
      says: { fr: "deux documents en une lecture", en: "two documents by one reading" },
    },
    {
      line: {
        fr: "douane sbom diff portail:1.4.1 portail:1.4.2",
        en: "douane sbom diff portal:1.4.1 portal:1.4.2",
      },
      says: {
        fr: "les paquets ajoutés, retirés et changés, et les vulnérabilités apparues et disparues",
        en: "the packages that were added, removed and changed, and the vulnerabilities gained and lost",
      },
    },
  ],
  epilogue: {
    fr: "« douane sbom <commande> --help » détaille chaque commande et ses options.",
    en: "`douane sbom <command> --help` explains each command and its options.",
  },
};
