import { CLAUSES } from "../../contract/clauses.ts";
import { EXIT, UsageError } from "../../contract/error.ts";
import { ROWS } from "../../contract/rows.ts";
import { quoted } from "../../contract/shown.ts";
import { terminal } from "../../report/terminal.ts";
import { RULES } from "../../rules/index.ts";
import type { Session } from "../command-line/command.ts";
import { suggestion } from "../command-line/nearest.ts";
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
  const { fr, en } = suggestion(
    topic,
    [...ROWS, ...CLAUSES, ...RULES].map(({ id }) => id),
  );
  return new UsageError("topic-unknown", {
    fr: `${quoted(topic)} n'est ni une ligne, ni une clause, ni une règle du contrat. ${fr}`,
    en: `${quoted(topic)} is no row, clause or rule of the contract. ${en}`,
  });
}
