import { kindOfEvidence } from "../../contract/kinds.ts";
import { type Row, rowById } from "../../contract/rows.ts";
import type { Lang } from "../../contract/text.ts";
import { paragraph, type Terminal } from "../../report/terminal.ts";
import { labelled } from "../../report/words.ts";
import { RULES } from "../../rules/index.ts";
import { ruleWords } from "./explain-rule.ts";
import { CATEGORY_NAMES, EXPLAIN_WORDS } from "./words.ts";

/** Explanation of a row: its place in the contract, its proofs, and its rules. */
export function explainRow(row: Row, lang: Lang, on: Terminal): readonly string[] {
  const word = EXPLAIN_WORDS;
  const line = (text: string): readonly string[] => paragraph(on, { head: "  ", indent: 2, text });
  return [
    ...paragraph(on, { head: "", indent: 0, text: `${row.title[lang]} (${row.id})`, style: "bold" }),
    ...line(CATEGORY_NAMES[row.category][lang]),
    ...line(labelled(word.clauses[lang], row.clauses.join(", "), lang)),
    ...proofs(row, lang).flatMap(line),
    ...RULES.filter(({ rows }) => rows.includes(row.id)).flatMap((rule) => [
      "",
      ...ruleWords(rule, lang, on),
    ]),
  ];
}

function proofs(row: Row, lang: Lang): readonly string[] {
  const word = EXPLAIN_WORDS;
  if (row.derivedFrom !== undefined) {
    const rows = row.derivedFrom.map((id) => `${rowById(id).title[lang]} (${id})`).join(" · ");
    return [labelled(word.derived[lang], rows, lang)];
  }
  const kinds = row.provenBy.map((kind) => kindOfEvidence(kind).name[lang]).join(", ");
  const alternatives = row.proofs.map((rules) => labelled(word.provenBy[lang], rules.join(" + "), lang));
  const needed = labelled(word.evidence[lang], kinds, lang);
  return alternatives.length === 0 ? [needed, word.notYet[lang]] : [needed, ...alternatives];
}
