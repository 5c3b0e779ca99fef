import type { Lang } from "../contract/text.ts";
import type { Verdict } from "../contract/verdict.ts";
import { ANSWER_STYLES } from "./checklist-row.ts";
import { imageTexts, originText } from "./place.ts";
import { paragraph, type Terminal } from "./terminal.ts";
import { ADMISSION_WORDS, ANSWER_SYMBOLS, capitalized } from "./words.ts";

/** Heading of an application: verdict, name, origin and images. */
export function checklistHeading(verdict: Verdict, lang: Lang, on: Terminal): readonly string[] {
  const { subject } = verdict;
  const facts = [originText(subject, lang), ...imageTexts(subject, lang)].filter((text) => text !== "");
  return [
    ...headLine(verdict, subject.name, lang, on),
    ...facts.flatMap((text) => paragraph(on, { head: "  ", indent: 2, text, style: "dim" })),
  ];
}

/** Heading of an application in one line, without images. */
export function checklistHeadingLine(verdict: Verdict, lang: Lang, on: Terminal): readonly string[] {
  const { subject } = verdict;
  const parts = [subject.name, originText(subject, lang)].filter((part) => part !== "");
  return headLine(verdict, parts.join(" · "), lang, on);
}

function headLine({ admitted }: Verdict, text: string, lang: Lang, on: Terminal): readonly string[] {
  const mark = `${ANSWER_SYMBOLS[admitted]} ${capitalized(ADMISSION_WORDS[admitted][lang])}`;
  const head = `${on.paint(ANSWER_STYLES[admitted], mark)}  `;
  return paragraph(on, { head, indent: mark.length + 2, text, style: "bold" });
}
