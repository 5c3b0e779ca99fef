import type { Lang } from "../contract/text.ts";
import type { Verdict } from "../contract/verdict.ts";
import { earlierRows } from "./details.ts";
import { markdownProse } from "./escape.ts";
import { detailList, rowSection } from "./markdown-details.ts";
import type { MarkdownContext } from "./markdown-links.ts";
import { verdictSummary } from "./verdict-summary.ts";
import { ANSWER_WORDS, capitalized, labelled } from "./words.ts";

/** Summary of one subject among many: refuted rows in full, the others in a few words. */
export function markdownSummary(verdict: Verdict, context: MarkdownContext, lang: Lang): string {
  const { full, open, details, rest } = verdictSummary(verdict, lang);
  const parts = full.map((row) => rowSection(row, earlierRows(row, verdict.rows), context, lang));
  if (open !== undefined) {
    const word = `**${capitalized(ANSWER_WORDS.unproven[lang])}**`;
    parts.push(`${labelled(word, markdownProse(open), lang)}\n`);
  }
  if (details.length > 0) parts.push(detailList(details, context, lang));
  if (rest !== "") parts.push(`${rest}\n`);
  return parts.join("\n");
}
