import { CATEGORIES } from "../contract/rows.ts";
import { problemTitle, type SourceProblem } from "../contract/source-problem.ts";
import type { Lang } from "../contract/text.ts";
import type { Verdict } from "../contract/verdict.ts";
import { checklistBriefs } from "./checklist-brief.ts";
import { checklistHeading } from "./checklist-heading.ts";
import { checklistOverview } from "./checklist-overview.ts";
import { ANSWER_STYLES, checklistRow } from "./checklist-row.ts";
import { countsText, silenceText, totalText } from "./counts.ts";
import { earlierRows } from "./details.ts";
import { nextSteps } from "./next-steps.ts";
import type { Report } from "./report.ts";
import { isMany, toldRows } from "./subject.ts";
import { paragraph, type Terminal, terminal } from "./terminal.ts";
import { ADMISSION_WORDS, CATEGORY_WORDS, capitalized, labelled, WORDS } from "./words.ts";

/**
 * The contract's checklist for a terminal or the log of a pipeline. Of several applications a table
 * first; of many, what is to be done, not every row.
 */
export const checklist: Report = ({ verdicts, errors, skipped }, options) => {
  const { lang } = options;
  const on = terminal(options);
  const several = verdicts.length !== 1;
  const sections = [
    verdicts.length > 1 ? checklistOverview(verdicts, lang, on) : [],
    ...(isMany(verdicts) ? checklistBriefs(verdicts, lang, on) : inFull(verdicts, lang, on)),
    sources(skipped, { title: WORDS.skipped[lang], mark: on.paint("dim", "–") }, lang, on),
    sources(errors, { title: WORDS.notRead[lang], mark: on.paint("red", "!") }, lang, on),
    several ? total(verdicts, lang, on) : verdicts.flatMap((verdict) => conclusion(verdict, lang, on)),
  ];
  const text = sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${text.join("\n\n")}\n`;
};

function inFull(verdicts: readonly Verdict[], lang: Lang, on: Terminal): readonly (readonly string[])[] {
  return verdicts.flatMap((verdict) => [
    ...subjectSections(verdict, lang, on),
    ...(verdicts.length > 1 ? [conclusion(verdict, lang, on)] : []),
  ]);
}

function subjectSections(verdict: Verdict, lang: Lang, on: Terminal): readonly (readonly string[])[] {
  const { told, rest } = toldRows(verdict);
  return [
    checklistHeading(verdict, lang, on),
    ...CATEGORIES.map((category) => {
      const rows = verdict.rows.filter((row) => row.category === category);
      const shown = told.filter((row) => row.category === category);
      if (shown.length === 0) return [];
      const heading = `${CATEGORY_WORDS[category][lang]} · ${countsText(rows, lang)}`;
      return [
        ...paragraph(on, { head: "", indent: 0, text: heading, style: "bold" }),
        ...shown.flatMap((row) => checklistRow(row, earlierRows(row, verdict.rows), lang, on)),
      ];
    }),
    rest.length === 0 ? [] : paragraph(on, { head: "", indent: 0, text: silenceText(rest, lang) }),
  ];
}

/** Sources of which there is only something to say. */
function sources(
  problems: readonly SourceProblem[],
  { title, mark }: { readonly title: string; readonly mark: string },
  lang: Lang,
  on: Terminal,
): readonly string[] {
  if (problems.length === 0) return [];
  return [
    on.paint("bold", title),
    ...problems.flatMap(({ about, message }) => [
      ...paragraph(on, { head: `  ${mark} `, indent: 4, text: problemTitle(about) }),
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
