import type { CommandGroup } from "../command-line/command.ts";

export const keysCommand: CommandGroup = {
  description: {
    fr: "Crée les clés qui signent des attestations.",
    en: "Makes keys that sign attestations.",
  },
  subcommands: [
    {
      name: "generate",
      summary: {
        fr: "créer une paire de clés, que cosign lit aussi",
        en: "make a pair of keys, which cosign reads, too",
      },
      load: async () => (await import("./generate.ts")).generateCommand,
    },
  ],
  examples: [
    {
      line: { fr: "douane keys generate", en: "douane keys generate" },
      says: { fr: "écrire douane.key et douane.pub", en: "write douane.key and douane.pub" },
    },
  ],
  epilogue: {
    fr: "« douane keys <commande> --help » détaille chaque commande et ses options.",
    en: "`douane keys <command> --help` explains each command and its options.",
  },
};
