import type { CommandGroup } from "../command-line/command.ts";
import { DIFF_EXAMPLES, WRITE_EXAMPLES } from "./examples.ts";

export const sbomCommand: CommandGroup = {
  description: {
    fr: "Écrit ce qu'une image contient, ou compare deux images. Sans nom de commande, c'est write : « douane sbom IMAGE ».",
    en: "Writes the SBOM of an image, or compares two images. The sub-command write is the default: `douane sbom IMAGE`.",
  },
  subcommands: [
    {
      name: "write",
      summary: {
        fr: "écrire le SBOM d'une image, ou montrer ce qu'un SBOM dit (par défaut)",
        en: "write the SBOM of an image, or show the content of an SBOM (default)",
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
  examples: [...WRITE_EXAMPLES, ...DIFF_EXAMPLES],
  epilogue: {
    fr: "« douane sbom <commande> --help » détaille chaque commande et ses options.",
    en: "`douane sbom <command> --help` explains each command and its options.",
  },
};
