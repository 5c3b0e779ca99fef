import { rowById } from "../contract/rows.ts";
import type { Lang } from "../contract/text.ts";
import type { RowVerdict, Verdict } from "../contract/verdict.ts";
import { countsText, silenceText } from "./counts.ts";
import { type Detail } from "./detail.ts";
import { details, earlierRows } from "./details.ts";
import { escapeMarkup, markdownCode, markdownProse } from "./escape.ts";
import { failedStartLogs } from "./failed-start-logs.ts";
import type { MarkdownContext } from "./markdown-links.ts";
import { toldRows } from "./subject.ts";
import { ANSWER_SYMBOLS, capitalized, labelled } from "./words.ts";

/** Maximum number of findings and notes shown per row; the others are counted. */
const SHOWN = 8;
/** Maximum number of characters of one sentence, so that a long path does not displace other findings. */
const SENTENCE = 400;

/** Collapsed blocks: one per refused row, one for all unproven rows, one for the rest. */
export function markdownDetails(verdict: Verdict, context: MarkdownContext, lang: Lang): readonly string[] {
  const { told, rest } = toldRows(verdict);
  const refused = told.filter(({ answer }) => answer === "no");
  const unproven = told.filter(({ answer }) => answer === "unproven");
  const settled = told.filter(({ answer }) => answer === "yes" || answer === "n/a");
  const earlier = (row: RowVerdict): readonly RowVerdict[] => earlierRows(row, verdict.rows);
  return [
    ...refused.map((row) => fold(rowTitle(row, lang), rowList(row, earlier(row), context, lang))),
    ...[unproven, settled]
      .filter((group) => group.length > 0)
      .map((group) =>
        fold(
          countsText(group, lang),
          group.map((row) => rowSection(row, earlier(row), context, lang)).join("\n"),
        ),
      ),
    ...failedStartLogs(verdict, lang).map(({ title, lines }) =>
      fold(escapeMarkup(title), lines.map((line) => `- ${markdownCode(shorten(line))}\n`).join("")),
    ),
    ...(rest.length === 0 ? [] : [`${markdownProse(silenceText(rest, lang))}\n\n`]),
  ];
}

/** The text, cut with an ellipsis if it is too long. */
export function shorten(text: string, length: number = SENTENCE): string {
  const characters = Array.from(text);
  return characters.length <= length ? text : `${characters.slice(0, length).join("")}…`;
}

/**
 * Collapsed block. Blank lines around the content make both renderers read it as Markdown; the summary is
 * HTML.
 */
export function fold(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n</details>\n\n`;
}

/** Title of a row, with its details below. */
export function rowSection(
  row: RowVerdict,
  earlier: readonly RowVerdict[],
  context: MarkdownContext,
  lang: Lang,
): string {
  return `**${rowTitle(row, lang)}**\n\n${rowList(row, earlier, context, lang)}`;
}

export function detailList(told: readonly Detail[], context: MarkdownContext, lang: Lang): string {
  return told.map((detail) => `- ${item(detail, context, lang)}\n`).join("");
}

function rowTitle({ id, answer }: RowVerdict, lang: Lang): string {
  const { title, clauses } = rowById(id);
  return `${ANSWER_SYMBOLS[answer]} ${title[lang]} · ${clauses.join(", ")}`;
}

function rowList(
  row: RowVerdict,
  earlier: readonly RowVerdict[],
  context: MarkdownContext,
  lang: Lang,
): string {
  return detailList(details(row, earlier, lang, SHOWN, context.fingerprints), context, lang);
}

function item(detail: Detail, { linkOf }: MarkdownContext, lang: Lang): string {
  const prose = markdownProse(shorten(detail.text));
  const text = detail.label === undefined ? prose : labelled(`**${capitalized(detail.label)}**`, prose, lang);
  const context = detail.context.map((part) => ` · ${markdownProse(shorten(part), linkOf)}`).join("");
  const command = detail.command === undefined ? "" : ` → ${markdownCode(detail.command)}`;
  return `${text}${context}${command}`;
}
