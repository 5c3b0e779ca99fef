import type { CLAUSES } from "../../contract/clauses.ts";
import { ROWS } from "../../contract/rows.ts";
import type { Lang } from "../../contract/text.ts";
import { paragraph, type Terminal } from "../../report/terminal.ts";
import { RULES } from "../../rules/index.ts";
import { ruleWords } from "./explain-rule.ts";
import { CATEGORY_NAMES } from "./words.ts";

/** Explanation of a clause: its rows, then its rules. */
export function explainClause(
  { id, title }: (typeof CLAUSES)[number],
  lang: Lang,
  on: Terminal,
): readonly string[] {
  const rows = ROWS.filter(({ clauses }) => clauses.includes(id));
  const rules = RULES.filter((rule) => rule.id.startsWith(`${id}-`));
  return [
    ...paragraph(on, { head: "", indent: 0, text: `${id} ${title[lang]}`, style: "bold" }),
    ...rows.flatMap((row) =>
      paragraph(on, {
        head: "  ",
        indent: 4,
        text: `${row.title[lang]} (${row.id}) · ${CATEGORY_NAMES[row.category][lang]}`,
      }),
    ),
    ...rules.flatMap((rule) => ["", ...ruleWords(rule, lang, on)]),
  ];
}
