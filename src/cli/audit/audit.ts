import type { CommandGroup } from "../command-line/command.ts";

export const auditCommand: CommandGroup = {
  description: {
    fr: "Vérifie le journal d'audit du serveur, en signe la tête, et en exporte les décisions sur une application.",
    en: "Verifies the server's audit log, signs its head, and exports its decisions about an application.",
  },
  subcommands: [
    {
      name: "verify",
      summary: {
        fr: "vérifier que rien n'a été modifié, ajouté ni supprimé, dans le journal ou dans un export",
        en: "verify that nothing was changed, added or deleted, in the log or in an export",
      },
      load: async () => (await import("./verify.ts")).verifyCommand,
    },
    {
      name: "export",
      summary: {
        fr: "écrire les décisions sur une application dans un fichier, vérifiable sans la base de données",
        en: "write the decisions about an application to a file that verifies without the database",
      },
      load: async () => (await import("./export.ts")).exportCommand,
    },
    {
      name: "head",
      summary: {
        fr: "signer l'état du journal, à garder hors de la base de données",
        en: "sign the state of the log, to be kept outside the database",
      },
      load: async () => (await import("./head.ts")).headCommand,
    },
  ],
  examples: [
    {
      line: {
        fr: "douane audit verify --head tete.json --public-key audit.pub",
        en: "douane audit verify --head head.json --public-key audit.pub",
      },
      says: {
        fr: "vérifier le journal jusqu'à une tête signée, et au-delà",
        en: "verify the log up to a signed head, and beyond",
      },
    },
  ],
  epilogue: {
    fr: "« douane audit <commande> --help » détaille chaque commande et ses options.",
    en: "`douane audit <command> --help` explains each command and its options.",
  },
};
