import { defineCommand } from "../command-line/command.ts";
import { EXIT_CODES, HEAD_FLAGS } from "./flags.ts";
import { runHead } from "./run-head.ts";

export const headCommand = defineCommand({
  description: {
    fr: "Signe l'état du journal : toutes les entrées jusqu'à celle-ci. À garder là où l'administrateur de la base de données ne peut pas écrire, sinon il peut réécrire le journal sans que rien ne se voie.",
    en: "Signs the state of the log: all entries up to this one. Keep it where the administrator of the database cannot write, who could otherwise rewrite the log unseen.",
  },
  flags: HEAD_FLAGS,
  examples: [
    {
      line: {
        fr: "douane audit head --key audit.key --out tete.json",
        en: "douane audit head --key audit.key --out head.json",
      },
      says: {
        fr: "signer la tête et l'écrire dans un fichier",
        en: "sign the head and write it to a file",
      },
    },
  ],
  epilogue: EXIT_CODES,
  run: runHead,
});
