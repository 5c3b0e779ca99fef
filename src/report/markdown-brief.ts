import type { Lang } from "../contract/text.ts";
import type { Verdict } from "../contract/verdict.ts";
import { brief } from "./brief.ts";
import { earlierRows } from "./details.ts";
import { markdownProse } from "./escape.ts";
import { detailList, rowSection } from "./markdown-details.ts";
import type { Telling } from "./markdown-links.ts";
import { ANSWER_WORDS, capitalized, labelled } from "./words.ts";

/** Brief of one subject among many: refuted rows in full, the others in a few words. */
export function markdownBrief(verdict: Verdict, telling: Telling, lang: Lang): string {
  const { full, open, details, rest } = brief(verdict, lang);
  const parts = full.map((row) => rowSection(row, earlierRows(row, verdict.rows), telling, lang));
  if (open !== undefined) {
    const word = `**${capitalized(ANSWER_WORDS.unproven[lang])}**`;
    parts.push(`${labelled(word, markdownProse(open), lang)}\n`);
  }
  if (details.length > 0) parts.push(detailList(details, telling, lang));
  if (rest !== "") parts.push(`${rest}\n`);
  return parts.join("\n");
}
