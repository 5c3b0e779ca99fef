import { kindOfEvidence } from "../../contract/kinds.ts";
import { rowById } from "../../contract/rows.ts";
import type { AnyRule } from "../../contract/rule.ts";
import type { Lang } from "../../contract/text.ts";
import { paragraph, type Terminal } from "../../report/terminal.ts";
import { capitalized, labelled, WORDS } from "../../report/words.ts";
import { EXPLAIN_WORDS } from "./words.ts";

/** Explanation of a rule: requirement, reason, remedy, rows that it refutes, evidence that it reads. */
export function explainRule(rule: AnyRule, lang: Lang, on: Terminal): readonly string[] {
  const rows = rule.rows.map((id) => `${rowById(id).title[lang]} (${id})`).join(" · ");
  const evidence = rule.needs.map((kind) => kindOfEvidence(kind).name[lang]).join(", ");
  return [
    ...ruleWords(rule, lang, on),
    ...labelledLine(EXPLAIN_WORDS.rows[lang], rows, lang, on),
    ...labelledLine(EXPLAIN_WORDS.evidence[lang], evidence, lang, on),
  ];
}

/** Requirement, reason and remedy of a rule. */
export function ruleWords({ id, title, why, remedy }: AnyRule, lang: Lang, on: Terminal): readonly string[] {
  return [
    ...paragraph(on, { head: "", indent: 2, text: `${id} · ${title[lang]}`, style: "bold" }),
    ...paragraph(on, { head: "  ", indent: 2, text: why[lang] }),
    ...labelledLine(capitalized(WORDS.remedy[lang]), remedy[lang], lang, on),
  ];
}

function labelledLine(label: string, text: string, lang: Lang, on: Terminal): readonly string[] {
  return paragraph(on, { head: "  ", indent: 2, text: labelled(label, text, lang) });
}
