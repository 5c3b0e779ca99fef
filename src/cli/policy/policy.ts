import type { CommandGroup } from "../command-line/command.ts";

export const policyCommand: CommandGroup = {
  description: {
    fr: "Publie la politique de la plateforme dans un registre, signée, numérotée et valable jusqu'à une date, et la télécharge.",
    en: "Publishes the platform's policy in a registry, signed, numbered and valid until a date, and pulls it.",
  },
  subcommands: [
    {
      name: "push",
      summary: {
        fr: "signer une politique et la publier",
        en: "sign a policy and publish it",
      },
      load: async () => (await import("./push.ts")).pushCommand,
    },
    {
      name: "pull",
      summary: {
        fr: "vérifier une politique publiée et l'écrire dans un fichier",
        en: "verify a published policy and write it to a file",
      },
      load: async () => (await import("./pull.ts")).pullCommand,
    },
  ],
  examples: [
    {
      line: {
        fr: "douane check IMAGE --policy oci://registre.exemple.fr/plateforme/politique:prod --policy-key politique.pub --policy-serial 42",
        en: "douane check IMAGE --policy oci://registry.example/platform/policy:prod --policy-key policy.pub --policy-serial 42",
      },
      says: {
        fr: "juger d'après la politique publiée",
        en: "judge by the published policy",
      },
    },
  ],
  epilogue: {
    fr: "« douane policy <commande> --help » détaille chaque commande et ses options.",
    en: "`douane policy <command> --help` explains each command and its options.",
  },
};
