import { CATEGORIES, type Category, rowById } from "../contract/rows.ts";
import type { Lang, Text } from "../contract/text.ts";
import type { Answer, RowVerdict, Subject, Verdict } from "../contract/verdict.ts";
import { countsText, silenceText } from "./counts.ts";
import { type Detail } from "./detail.ts";
import { details, earlierRows } from "./details.ts";
import { escapeMarkup, htmlProse } from "./escape.ts";
import { answerBadge, verdictBadge } from "./html-badge.ts";
import { htmlTrial } from "./html-trial.ts";
import { lastWords } from "./last-words.ts";
import { nextSteps } from "./next-steps.ts";
import { imageTexts, originText } from "./place.ts";
import { toldRows } from "./subject.ts";
import { CATEGORY_WORDS, capitalized, labelled, WORDS } from "./words.ts";

/** Findings and notes shown of one row; the others are counted. */
const SHOWN = 100;

/** What is told below the table, the most urgent first. */
const CHAPTERS: readonly { readonly answers: readonly Answer[]; readonly title: Text }[] = [
  { answers: ["no"], title: { fr: "À corriger", en: "To correct" } },
  { answers: ["unproven"], title: { fr: "Reste à prouver", en: "Still to be proven" } },
  { answers: ["yes", "n/a"], title: { fr: "Prouvé ou sans objet", en: "Proven, or not applicable" } },
];

/** The section of one application; `id` begins the ids of its rows. Among `many`, what needs no correction is folded. */
export function htmlSubject(verdict: Verdict, id: string, many: boolean, lang: Lang): string {
  const { subject, admitted, rows, trials = [] } = verdict;
  const { told, rest } = toldRows(verdict);
  const steps = escapeMarkup(nextSteps(verdict, lang).join(" "));
  const chapters = CHAPTERS.map((chapter) => chapterText(chapter, { rows, told }, { id, many, lang }));
  const silence = rest.length === 0 ? "" : `<p class="note">${escapeMarkup(silenceText(rest, lang))}</p>\n`;
  return `<section class="application" aria-labelledby="${id}">
<h2 id="${id}">${verdictBadge(admitted, lang)} ${escapeMarkup(subject.name)}</h2>
${facts(subject, lang)}<p class="next ${admitted}"><span class="label">${escapeMarkup(countsText(rows, lang))}</span><br>${steps}</p>
${table(told, id, lang)}${silence}${chapters.join("")}${lastLines(verdict, lang)}${trials.map((trial) => htmlTrial(trial, lang)).join("")}</section>
`;
}

function lastLines(verdict: Verdict, lang: Lang): string {
  return lastWords(verdict, lang)
    .map(
      ({ title, lines }) =>
        `<h3>${escapeMarkup(title)}</h3>\n<pre>${lines.map(escapeMarkup).join("\n")}</pre>\n`,
    )
    .join("");
}

function facts(subject: Subject, lang: Lang): string {
  return [originText(subject, lang), ...imageTexts(subject, lang)]
    .filter((text) => text !== "")
    .map((text) => `<p class="facts">${escapeMarkup(text)}</p>\n`)
    .join("");
}

function table(rows: readonly RowVerdict[], id: string, lang: Lang): string {
  const heads = [WORDS.requirement, WORDS.answer, WORDS.clause].map(
    (word) => `<th scope="col">${word[lang]}</th>`,
  );
  return `<table>
<thead><tr>${heads.join("")}</tr></thead>
${CATEGORIES.map((category) => group(category, rows, id, lang)).join("")}</table>
`;
}

function group(category: Category, rows: readonly RowVerdict[], id: string, lang: Lang): string {
  const lines = rows.filter((row) => row.category === category).map((row) => tableRow(row, id, lang));
  if (lines.length === 0) return "";
  return `<tbody>
<tr><th scope="rowgroup" colspan="3">${CATEGORY_WORDS[category][lang]}</th></tr>
${lines.join("")}</tbody>
`;
}

function tableRow(row: RowVerdict, id: string, lang: Lang): string {
  const { title, clauses } = rowById(row.id);
  const name = `<a href="#${id}-${row.id}">${escapeMarkup(title[lang])}</a>`;
  return `<tr><th scope="row">${name}</th><td>${answerBadge(row.answer, lang)}</td><td>${clauses.join(", ")}</td></tr>\n`;
}

function chapterText(
  { answers, title }: (typeof CHAPTERS)[number],
  { rows, told }: { readonly rows: readonly RowVerdict[]; readonly told: readonly RowVerdict[] },
  { id, many, lang }: { readonly id: string; readonly many: boolean; readonly lang: Lang },
): string {
  const shown = told.filter(({ answer }) => answers.includes(answer));
  if (shown.length === 0) return "";
  const heading = `<h3>${title[lang]}</h3>`;
  const text = shown.map((row) => rowText(row, rows, id, lang)).join("");
  if (!many || answers.includes("no")) return `${heading}\n${text}`;
  return `<details><summary>${heading} (${shown.length})</summary>\n${text}</details>\n`;
}

function rowText(row: RowVerdict, rows: readonly RowVerdict[], id: string, lang: Lang): string {
  const { title, clauses } = rowById(row.id);
  const items = details(row, earlierRows(row, rows), lang, SHOWN).map((detail) => item(detail, lang));
  return `<article class="row" id="${id}-${row.id}">
<h4>${answerBadge(row.answer, lang)} ${escapeMarkup(title[lang])} · ${clauses.join(", ")}</h4>
<ul>
${items.join("")}</ul>
</article>
`;
}

function item(detail: Detail, lang: Lang): string {
  const { kind, context, command } = detail;
  const below =
    context.length === 0 ? "" : `<span class="context">${escapeMarkup(context.join(" · "))}</span>`;
  const run = command === undefined ? "" : ` <code>${escapeMarkup(command)}</code>`;
  return `<li class="${kind}">${said(detail, lang)}${run}${below}</li>\n`;
}

function said({ label, text }: Detail, lang: Lang): string {
  const prose = htmlProse(text);
  if (label === undefined) return prose;
  return labelled(`<span class="label">${capitalized(label)}</span>`, prose, lang);
}
