import { CATEGORIES } from "../contract/rows.ts";
import type { Lang } from "../contract/text.ts";
import type { SourceProblem, SubjectImage, Verdict } from "../contract/verdict.ts";
import { checklistOverview } from "./checklist-overview.ts";
import { ANSWER_STYLES, checklistRow } from "./checklist-row.ts";
import { countsText, totalText } from "./counts.ts";
import { earlierRows } from "./details.ts";
import { nextSteps } from "./next-steps.ts";
import { imageText, originText } from "./place.ts";
import type { Report } from "./report.ts";
import { paragraph, type Terminal, terminal } from "./terminal.ts";
import { ADMISSION_WORDS, ANSWER_SYMBOLS, CATEGORY_WORDS, capitalized, labelled, WORDS } from "./words.ts";

/** The contract's checklist for a terminal or the log of a pipeline. */
export const checklist: Report = ({ verdicts, errors }, options) => {
  const { lang } = options;
  const on = terminal(options);
  const several = verdicts.length !== 1;
  const sections = [
    verdicts.length > 1 ? checklistOverview(verdicts, lang, on) : [],
    ...verdicts.flatMap((verdict) => [
      ...subjectSections(verdict, lang, on),
      several ? conclusion(verdict, lang, on) : [],
    ]),
    problems(errors, lang, on),
    several ? total(verdicts, lang, on) : verdicts.flatMap((verdict) => conclusion(verdict, lang, on)),
  ];
  const text = sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${text.join("\n\n")}\n`;
};

function subjectSections(verdict: Verdict, lang: Lang, on: Terminal): readonly (readonly string[])[] {
  return [
    subjectHeading(verdict, lang, on),
    ...CATEGORIES.map((category) => {
      const rows = verdict.rows.filter((row) => row.category === category);
      const heading = `${CATEGORY_WORDS[category][lang]} · ${countsText(rows, lang)}`;
      return [
        ...paragraph(on, { head: "", indent: 0, text: heading, style: "bold" }),
        ...rows.flatMap((row) => checklistRow(row, earlierRows(row, verdict.rows), lang, on)),
      ];
    }),
  ];
}

function subjectHeading({ subject, admitted }: Verdict, lang: Lang, on: Terminal): readonly string[] {
  const mark = `${ANSWER_SYMBOLS[admitted]} ${capitalized(ADMISSION_WORDS[admitted][lang])}`;
  const head = `${on.paint(ANSWER_STYLES[admitted], mark)}  `;
  const facts = [
    originText(subject, lang),
    ...subject.images.map((image) => imageLine(image, imageText(image, subject, lang), lang)),
  ];
  return [
    ...paragraph(on, { head, indent: mark.length + 2, text: subject.name, style: "bold" }),
    ...facts
      .filter((text) => text !== "")
      .flatMap((text) => paragraph(on, { head: "  ", indent: 2, text, style: "dim" })),
  ];
}

function imageLine({ container }: SubjectImage, text: string, lang: Lang): string {
  return container === undefined ? text : labelled(container, text, lang);
}

function problems(errors: readonly SourceProblem[], lang: Lang, on: Terminal): readonly string[] {
  if (errors.length === 0) return [];
  return [
    on.paint("bold", WORDS.notRead[lang]),
    ...errors.flatMap(({ file, message }) => [
      ...paragraph(on, { head: `  ${on.paint("red", "!")} `, indent: 4, text: file }),
      ...paragraph(on, { head: "    ", indent: 4, text: message[lang] }),
    ]),
  ];
}

/** What it comes to, and what to do next. */
function conclusion(verdict: Verdict, lang: Lang, on: Terminal): readonly string[] {
  const { admitted, rows } = verdict;
  const word = capitalized(ADMISSION_WORDS[admitted][lang]);
  const mandatory = rows.filter(({ category }) => category === "mandatory");
  const text = `${labelled(word, countsText(rows, lang), lang)} · ${labelled(
    CATEGORY_WORDS.mandatory[lang].toLowerCase(),
    countsText(mandatory, lang),
    lang,
  )}`;
  return [
    ...paragraph(on, { head: "", indent: 0, text, style: ANSWER_STYLES[admitted] }),
    ...paragraph(on, {
      head: "",
      indent: 0,
      text: labelled(WORDS.next[lang], nextSteps(verdict, lang).join(" "), lang),
    }),
  ];
}

function total(verdicts: readonly Verdict[], lang: Lang, on: Terminal): readonly string[] {
  const text = verdicts.length === 0 ? `${WORDS.nothing[lang]}.` : totalText(verdicts, lang);
  return paragraph(on, { head: "", indent: 0, text, style: "bold" });
}
