import { defineCommand } from "../command-line/command.ts";
import { EXIT_CODES, EXPORT_FLAGS } from "./flags.ts";
import { runExport } from "./run-export.ts";

export const exportCommand = defineCommand({
  description: {
    fr: "Écrit les décisions sur une application, avec la politique, les règles et les données du jour, et le morceau de la chaîne qui prouve leur place jusqu'à une tête signée. Des autres applications, le fichier ne contient que des empreintes SHA-256.",
    en: "Writes the decisions about an application, with the policy, rules and data of the day, and the piece of the chain that proves their place up to a signed head. Of other applications, the file contains only SHA-256 digests.",
  },
  flags: EXPORT_FLAGS,
  examples: [
    {
      line: {
        fr: "douane audit export --application portail/web --from 2026-11-01 --to 2026-11-30 --out portail.json",
        en: "douane audit export --application portal/web --from 2026-11-01 --to 2026-11-30 --out portal.json",
      },
      says: {
        fr: "exporter un mois de décisions sur un workload",
        en: "export a month of decisions about a workload",
      },
    },
  ],
  epilogue: EXIT_CODES,
  run: runExport,
});
