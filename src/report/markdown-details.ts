import { rowById } from "../contract/rows.ts";
import type { Lang } from "../contract/text.ts";
import type { RowVerdict, Verdict } from "../contract/verdict.ts";
import { countsText } from "./counts.ts";
import { type Detail } from "./detail.ts";
import { details, earlierRows } from "./details.ts";
import { markdownCode, markdownProse } from "./escape.ts";
import { ANSWER_SYMBOLS, capitalized, labelled } from "./words.ts";

/** Findings and notes shown of one row; the others are counted. */
const SHOWN = 8;
/** Characters of one sentence: no path of 4 KiB takes the place of the other findings. */
const SENTENCE = 400;

/** Folded blocks: one for each refused row, one for what is unproven, one for the rest. */
export function markdownDetails({ rows }: Verdict, lang: Lang): readonly string[] {
  const refused = rows.filter(({ answer }) => answer === "no");
  const unproven = rows.filter(({ answer }) => answer === "unproven");
  const settled = rows.filter(({ answer }) => answer === "yes" || answer === "n/a");
  return [
    ...refused.map((row) => fold(rowTitle(row, lang), rowList(row, rows, lang))),
    ...[unproven, settled]
      .filter((group) => group.length > 0)
      .map((group) =>
        fold(countsText(group, lang), group.map((row) => rowSection(row, rows, lang)).join("\n")),
      ),
  ];
}

/** The text as it stands, or its beginning with an ellipsis. */
export function shorten(text: string): string {
  const characters = Array.from(text);
  return characters.length <= SENTENCE ? text : `${characters.slice(0, SENTENCE).join("")}…`;
}

/** Blank lines around the content make both renderers read it as Markdown. */
function fold(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n</details>\n\n`;
}

function rowTitle({ id, answer }: RowVerdict, lang: Lang): string {
  const { title, clauses } = rowById(id);
  return `${ANSWER_SYMBOLS[answer]} ${title[lang]} · ${clauses.join(", ")}`;
}

function rowSection(row: RowVerdict, rows: readonly RowVerdict[], lang: Lang): string {
  return `**${rowTitle(row, lang)}**\n\n${rowList(row, rows, lang)}`;
}

function rowList(row: RowVerdict, rows: readonly RowVerdict[], lang: Lang): string {
  return details(row, earlierRows(row, rows), lang, SHOWN)
    .map((detail) => `- ${item(detail, lang)}\n`)
    .join("");
}

function item(detail: Detail, lang: Lang): string {
  const prose = markdownProse(shorten(detail.text));
  const text = detail.label === undefined ? prose : labelled(`**${capitalized(detail.label)}**`, prose, lang);
  const context = detail.context.map((part) => ` · ${markdownProse(shorten(part))}`).join("");
  const command = detail.command === undefined ? "" : ` → ${markdownCode(detail.command)}`;
  return `${text}${context}${command}`;
}
