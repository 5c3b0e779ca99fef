import { defineCommand } from "../command-line/command.ts";
import { STATUS_FLAGS } from "./flags.ts";
import { runStatus } from "./run-status.ts";

export const statusCommand = defineCommand({
  description: {
    fr: "Montre les données de vulnérabilités qui sont sur cette machine : sources, nombres, dates, âges.",
    en: "Shows the vulnerability data on this machine: sources, numbers, dates, ages.",
  },
  flags: STATUS_FLAGS,
  examples: [
    {
      line: { fr: "douane vulns status", en: "douane vulns status" },
      says: { fr: "quelles données sont là, et de quand", en: "which data are there, and how old they are" },
    },
  ],
  epilogue: {
    fr: `Codes de retour :
  0   les données sont là, et récentes
  2   pas de données, ou certaines trop anciennes ou datées du futur
  64  ligne de commande incorrecte
  65  les données de cette machine sont endommagées
  70  défaut de douane`,
    en: `Exit codes:
  0   there are data, and they are fresh
  2   there are no data, or some are too old or dated in the future
  64  the command line is wrong
  65  this machine's data are damaged
  70  a defect of douane`,
  },
  run: runStatus,
});
