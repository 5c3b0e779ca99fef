import { CLAUSES } from "../../contract/clauses.ts";
import { EXIT, UsageError } from "../../contract/error.ts";
import { ROWS } from "../../contract/rows.ts";
import { quoted } from "../../contract/shown.ts";
import { terminal } from "../../report/terminal.ts";
import { RULES } from "../../rules/index.ts";
import type { Session } from "../command-line/command.ts";
import { nearest } from "../command-line/nearest.ts";
import { explainClause } from "./explain-clause.ts";
import { explainContract } from "./explain-contract.ts";
import { explainRow } from "./explain-row.ts";
import { explainRule } from "./explain-rule.ts";

/** `douane explain`. */
export async function runExplain(
  { context: { stdout }, lang, color }: Session,
  _values: object,
  [topic]: readonly string[],
): Promise<number> {
  const { columns } = stdout;
  const on = terminal({ color, ...(columns === undefined ? {} : { width: columns }) });
  const lines = topic === undefined ? explainContract(lang, on) : explainTopic(topic)(lang, on);
  await stdout.write(`${lines.join("\n")}\n`);
  return EXIT.admitted;
}

type Explanation = typeof explainContract;

function explainTopic(topic: string): Explanation {
  const row = ROWS.find(({ id }) => id === topic);
  if (row !== undefined) return (lang, on) => explainRow(row, lang, on);
  const clause = CLAUSES.find(({ id }) => id === topic);
  if (clause !== undefined) return (lang, on) => explainClause(clause, lang, on);
  const rule = RULES.find(({ id }) => id === topic);
  if (rule !== undefined) return (lang, on) => explainRule(rule, lang, on);
  throw unknownTopic(topic);
}

function unknownTopic(topic: string): UsageError {
  const all = [...ROWS, ...CLAUSES, ...RULES].map(({ id }) => id);
  // All numbers of sections are similar, so suggestions would be useless.
  const isClause = /^\d+(?:\.\d+)*$/.test(topic);
  const near = isClause ? undefined : nearest(topic, all);
  const clauses = CLAUSES.map(({ id }) => id).join(", ");
  const hint =
    near !== undefined
      ? { fr: `Peut-être ${near} ?`, en: `Did you mean ${near}?` }
      : {
          fr: `Les clauses sont ${clauses} ; « douane explain » montre les lignes, et un rapport nomme ses règles.`,
          en: `The clauses are ${clauses}; \`douane explain\` shows the rows, and a report names its rules.`,
        };
  return new UsageError("topic-unknown", {
    fr: `${quoted(topic)} n'est ni une ligne, ni une clause, ni une règle du contrat. ${hint.fr}`,
    en: `${quoted(topic)} is not a row, clause or rule of the contract. ${hint.en}`,
  });
}
