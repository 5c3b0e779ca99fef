import { defineCommand } from "../command-line/command.ts";
import { runSchema } from "./run-schema.ts";
import { SCHEMAS } from "./schemas.ts";

export const schemaCommand = defineCommand({
  description: {
    fr: "Affiche le JSON Schema d'un format de fichier de douane ; sans argument, la liste des formats.",
    en: "Prints the JSON Schema of a file format of douane's; without an argument, the list of formats.",
  },
  operand: {
    name: { fr: "NOM", en: "NAME" },
    help: {
      fr: "« report », « evidence », « config », « policy », « sbom-diff » ou « server-check »",
      en: "report, evidence, config, policy, sbom-diff or server-check",
    },
    choices: () => SCHEMAS.map(({ name }) => name),
  },
  flags: {},
  examples: [
    {
      line: {
        fr: "douane schema config > douane.schema.json",
        en: "douane schema config > douane.schema.json",
      },
      says: {
        fr: "pour la complétion de douane.yaml dans un éditeur",
        en: "so that an editor completes douane.yaml",
      },
    },
  ],
  run: runSchema,
});
