import { CATEGORIES, type Category, rowById } from "../contract/rows.ts";
import type { Lang, Text } from "../contract/text.ts";
import type { Answer, RowVerdict, Subject, Verdict } from "../contract/verdict.ts";
import { countsText } from "./counts.ts";
import { type Detail } from "./detail.ts";
import { details, earlierRows } from "./details.ts";
import { escapeMarkup, htmlProse } from "./escape.ts";
import { answerBadge, verdictBadge } from "./html-badge.ts";
import { nextSteps } from "./next-steps.ts";
import { imageText, originText } from "./place.ts";
import { CATEGORY_WORDS, capitalized, labelled, WORDS } from "./words.ts";

/** Findings and notes shown of one row; the others are counted. */
const SHOWN = 100;

/** What is told below the table, the most urgent first. */
const CHAPTERS: readonly { readonly answers: readonly Answer[]; readonly title: Text }[] = [
  { answers: ["no"], title: { fr: "À corriger", en: "To correct" } },
  { answers: ["unproven"], title: { fr: "Reste à prouver", en: "Still to be proven" } },
  { answers: ["yes", "n/a"], title: { fr: "Prouvé ou sans objet", en: "Proven, or not applicable" } },
];

/** The section of one application; `id` begins the ids of its rows. */
export function htmlSubject(verdict: Verdict, id: string, lang: Lang): string {
  const { subject, admitted, rows } = verdict;
  const steps = escapeMarkup(nextSteps(verdict, lang).join(" "));
  return `<section class="application" aria-labelledby="${id}">
<h2 id="${id}">${verdictBadge(admitted, lang)} ${escapeMarkup(subject.name)}</h2>
${facts(subject, lang)}<p class="next ${admitted}"><span class="label">${escapeMarkup(countsText(rows, lang))}</span><br>${steps}</p>
${table(rows, id, lang)}${CHAPTERS.map((chapter) => chapterText(chapter, rows, id, lang)).join("")}</section>
`;
}

function facts(subject: Subject, lang: Lang): string {
  const images = subject.images.map((image) => {
    const text = imageText(image, subject, lang);
    return image.container === undefined ? text : labelled(image.container, text, lang);
  });
  return [originText(subject, lang), ...images]
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
  rows: readonly RowVerdict[],
  id: string,
  lang: Lang,
): string {
  const told = rows.filter(({ answer }) => answers.includes(answer));
  if (told.length === 0) return "";
  return `<h3>${title[lang]}</h3>\n${told.map((row) => rowText(row, rows, id, lang)).join("")}`;
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
