import type { Lang } from "../contract/text.ts";
import type { Verdict } from "../contract/verdict.ts";
import { brief } from "./brief.ts";
import { checklistHeading, checklistHeadingLine } from "./checklist-heading.ts";
import { answerLines, checklistRow, detailsLines } from "./checklist-row.ts";
import { earlierRows } from "./details.ts";
import { paragraph, type Terminal } from "./terminal.ts";

interface Section {
  readonly verdicts: [Verdict, ...Verdict[]];
  readonly body: readonly string[];
}

/**
 * Many applications: of each what is refused in full, and in a few words what is unproven. Those of
 * which the same is to be said stand together, at the place of the first.
 */
export function checklistBriefs(
  verdicts: readonly Verdict[],
  lang: Lang,
  on: Terminal,
): readonly (readonly string[])[] {
  const sections = new Map<string, Section>();
  for (const verdict of verdicts) {
    const body = briefLines(verdict, lang, on);
    const key = JSON.stringify([verdict.admitted, body]);
    const section = sections.get(key);
    if (section === undefined) sections.set(key, { verdicts: [verdict], body });
    else section.verdicts.push(verdict);
  }
  return [...sections.values()].map((section) => [...heading(section, lang, on), ...section.body]);
}

function heading({ verdicts }: Section, lang: Lang, on: Terminal): readonly string[] {
  if (verdicts.length === 1) return checklistHeading(verdicts[0], lang, on);
  return verdicts.flatMap((verdict) => checklistHeadingLine(verdict, lang, on));
}

function briefLines(verdict: Verdict, lang: Lang, on: Terminal): readonly string[] {
  const { full, open, details, rest } = brief(verdict, lang);
  return [
    ...full.flatMap((row) => checklistRow(row, earlierRows(row, verdict.rows), lang, on)),
    ...(open === undefined ? [] : answerLines("unproven", open, lang, on)),
    ...detailsLines(details, lang, on),
    ...(rest === "" ? [] : paragraph(on, { head: "  ", indent: 2, text: rest, style: "dim" })),
  ];
}
