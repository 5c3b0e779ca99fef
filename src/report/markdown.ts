import { CATEGORIES, rowById } from "../contract/rows.ts";
import { problemTitle, type SourceProblem } from "../contract/source-problem.ts";
import type { Lang, Text } from "../contract/text.ts";
import type { RowVerdict, Subject, Verdict } from "../contract/verdict.ts";
import { Causes } from "./causes.ts";
import { allAndMandatoryText, countsText } from "./counts.ts";
import { escapeMarkup, markdownCode, markdownProse } from "./escape.ts";
import { leftOutText } from "./left-out-text.ts";
import { Blocks, fitted } from "./markdown-blocks.ts";
import { markdownCauses } from "./markdown-causes.ts";
import { fold, markdownDetails, shorten } from "./markdown-details.ts";
import { type MarkdownContext, markdownContextOf } from "./markdown-links.ts";
import { MarkdownOverview } from "./markdown-overview.ts";
import { markdownSummary } from "./markdown-summary.ts";
import { nextSteps } from "./next-steps.ts";
import { imageTexts, originText } from "./place.ts";
import type { Report, ReportView } from "./report.ts";
import { environmentOf, toldRows } from "./subject.ts";
import { VerdictBuffer } from "./verdict-buffer.ts";
import {
  ADMISSION_WORDS,
  ANSWER_SYMBOLS,
  ANSWER_WORDS,
  CATEGORY_WORDS,
  capitalized,
  labelled,
  WORDS,
} from "./words.ts";

/** Maximum number of files named under one heading; the others are counted. */
const FILES = 20;

/**
 * Comment for a merge request. For one application: verdict, table, collapsed details. For several: a table,
 * then each application collapsed, refused first. For many: common causes before the table. If the comment is
 * too long, its end, which matters least, is cut.
 */
export const markdown: Report = ({ lang, view = {} }) => {
  const overview = new MarkdownOverview(lang, view);
  const causes = new Causes();
  const folds = { no: new Blocks(), unproven: new Blocks(), yes: new Blocks() };
  function tell(verdict: Verdict, isOneOfMany: boolean): void {
    if (isOneOfMany) causes.add(verdict);
    folds[verdict.admitted].add(folded(verdict, isOneOfMany, view, lang));
  }
  const verdicts = new VerdictBuffer((verdict) => tell(verdict, true));
  return {
    head: "",
    verdict(verdict) {
      const isShown = view.only === undefined || view.only === verdict.admitted;
      overview.add(verdict, isShown);
      if (isShown) verdicts.add(verdict);
      return "";
    },
    end({ errors, skipped, leftOut = [] }) {
      const { few } = verdicts;
      const unread = [
        ...sources(errors, WORDS.notRead[lang], lang),
        ...sources(skipped, WORDS.skipped[lang], lang),
        ...leftOut.map((files) => `\n${markdownProse(leftOutText(files)[lang])}\n`),
      ];
      const [only] = overview.count === 1 ? few : [];
      if (only !== undefined)
        return [`${fitted(unread, [inFull(only, view, lang)], LEFT.one, lang).trim()}\n`];
      for (const verdict of few) tell(verdict, false);
      const before = [overview.title, markdownCauses(causes, view, lang), overview.table, ...unread];
      const text = fitted(before, Object.values(folds), LEFT.several, lang);
      return [`${text.trim()}\n`];
    },
  };
};

const LEFT = {
  one: { fr: "parties omises", en: "parts left out" },
  several: { fr: "applications sans leur détail", en: "applications without their details" },
} as const satisfies Readonly<Record<string, Text>>;

/** Blocks of a single application. */
function inFull(verdict: Verdict, view: ReportView, lang: Lang): Blocks {
  const blocks = new Blocks();
  const context = markdownContextOf(verdict, view);
  blocks.add(heading(verdict, context, lang));
  blocks.add(table(verdict, lang));
  for (const block of markdownDetails(verdict, context, lang)) blocks.add(block);
  return blocks;
}

/** Sources listed with a message only, as one block. */
function sources(problems: readonly SourceProblem[], title: string, lang: Lang): readonly string[] {
  if (problems.length === 0) return [];
  const items = problems
    .slice(0, FILES)
    .map(
      ({ about, message }) =>
        `- ${markdownCode(shorten(problemTitle(about)))}\n  ${markdownProse(shorten(message[lang]))}\n`,
    );
  const left = problems.length - FILES;
  const more = { fr: `- … et ${left} de plus\n`, en: `- … and ${left} more\n` }[lang];
  return [`\n### ${title}\n\n${items.join("")}${left > 0 ? more : ""}\n`];
}

/**
 * One of several applications, collapsed. The summary is HTML, in which code elements prevent names from
 * being interpreted.
 */
function folded(verdict: Verdict, many: boolean, view: ReportView, lang: Lang): string {
  const { subject, admitted, rows } = verdict;
  const context = markdownContextOf(verdict, view);
  const names = [subject.name, environmentOf(subject)].filter((name) => name !== "");
  const summary = [
    `${ANSWER_SYMBOLS[admitted]} ${capitalized(ADMISSION_WORDS[admitted][lang])}`,
    ...names.map((name) => `<code>${escapeMarkup(shorten(name))}</code>`),
    countsText(rows, lang),
  ].join(" · ");
  const about = facts(subject, context, lang).map((text) => `${text}\n\n`);
  const body = many
    ? markdownSummary(verdict, context, lang)
    : [next(verdict, lang), table(verdict, lang), ...markdownDetails(verdict, context, lang)].join("");
  return fold(summary, `${about.join("")}${body.trimEnd()}\n`);
}

function heading(verdict: Verdict, context: MarkdownContext, lang: Lang): string {
  const { subject, admitted, rows } = verdict;
  const answer = `${ANSWER_SYMBOLS[admitted]} ${capitalized(ADMISSION_WORDS[admitted][lang])}`;
  return [
    `\n### ${answer} · ${markdownCode(shorten(subject.name))}`,
    `**${allAndMandatoryText(rows, lang)}**`,
    ...facts(subject, context, lang),
    next(verdict, lang),
  ].join("\n\n");
}

function next(verdict: Verdict, lang: Lang): string {
  const steps = markdownProse(nextSteps(verdict, lang).join(" "));
  return `${labelled(`**${WORDS.next[lang]}**`, steps, lang)}\n\n`;
}

function facts(subject: Subject, context: MarkdownContext, lang: Lang): readonly string[] {
  return [originText(subject, lang), ...imageTexts(subject, lang)]
    .filter((text) => text !== "")
    .map((text) => markdownProse(shorten(text), context.linkOf));
}

/** Table of a verdict. It contains only words of the contract and numbers, so it needs no escaping. */
function table(verdict: Verdict, lang: Lang): string {
  const { told } = toldRows(verdict);
  const head = `| ${WORDS.answer[lang]} | ${WORDS.requirement[lang]} | ${WORDS.clause[lang]} |\n|---|---|---|\n`;
  const body = CATEGORIES.map((category) => {
    const lines = told.filter((row) => row.category === category).map((row) => tableRow(row, lang));
    return lines.length === 0 ? "" : `| | **${CATEGORY_WORDS[category][lang]}** | |\n${lines.join("")}`;
  });
  return `${head}${body.join("")}\n`;
}

function tableRow({ id, answer }: RowVerdict, lang: Lang): string {
  const { title, clauses } = rowById(id);
  const word = ANSWER_WORDS[answer][lang];
  const shown = answer === "no" ? `**${word}**` : word;
  return `| ${ANSWER_SYMBOLS[answer]} ${shown} | ${title[lang]} | ${clauses.join(", ")} |\n`;
}
