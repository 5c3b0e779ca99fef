import { ROWS } from "../../contract/rows.ts";
import { RULES } from "../../rules/index.ts";
import { defineCommand } from "../command-line/command.ts";
import { runExplain } from "./run-explain.ts";

export const explainCommand = defineCommand({
  description: {
    fr: "Explique le contrat : ses 18 lignes, une ligne (ce qui la prouve, ses règles), une clause, ou une règle (pourquoi, quel remède).",
    en: "Explains the contract: its 18 rows, a row (what proves it, its rules), a clause, or a rule (why, which remedy).",
  },
  operand: {
    name: { fr: "LIGNE|CLAUSE|RÈGLE", en: "ROW|CLAUSE|RULE" },
    help: {
      fr: "par exemple non-root, 1.4 ou 1.1-image-user ; sans argument, les 18 lignes",
      en: "non-root, 1.4 or 1.1-image-user, for example; without it, the 18 rows",
    },
    choices: () => [...ROWS, ...RULES].map(({ id }) => id),
  },
  flags: {},
  examples: [
    {
      line: { fr: "douane explain", en: "douane explain" },
      says: { fr: "les 18 lignes du contrat", en: "the contract's 18 rows" },
    },
    {
      line: { fr: "douane explain 1.1-image-user", en: "douane explain 1.1-image-user" },
      says: { fr: "une règle citée par un rapport", en: "a rule that a report names" },
    },
  ],
  run: runExplain,
});
