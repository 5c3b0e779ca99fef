import type { CommandGroup } from "../command-line/command.ts";

export const keysCommand: CommandGroup = {
  description: {
    fr: "Crée les clés qui signent des attestations, et montre ce qu'il faut pour les vérifier.",
    en: "Makes keys that sign attestations, and shows what is needed to verify them.",
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
    {
      name: "public",
      summary: {
        fr: "afficher la clé publique d'une clé, et toutes celles d'une clé de Vault",
        en: "print the public key of a key, and all those of a key in Vault",
      },
      load: async () => (await import("./public.ts")).publicCommand,
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
