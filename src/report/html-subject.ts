import type { Lang, Text } from "../contract/text.ts";
import type { RowVerdict, Subject, Verdict } from "../contract/verdict.ts";
import { countsText, silenceText } from "./counts.ts";
import { escapeMarkup } from "./escape.ts";
import { failedStartLogs } from "./failed-start-logs.ts";
import { groupedRows } from "./grouped-rows.ts";
import { answerBadge, verdictBadge } from "./html-badge.ts";
import { htmlComponents } from "./html-components.ts";
import type { Page } from "./html-page.ts";
import { htmlDetails, htmlOpenRows, htmlRow, type RowOptions, type SectionForm } from "./html-row.ts";
import { htmlTrial } from "./html-trial.ts";
import { bindingRows, nextSteps } from "./next-steps.ts";
import { originText } from "./place.ts";
import { toldRows } from "./subject.ts";
import { verdictSummary } from "./verdict-summary.ts";
import { labelled, WORDS } from "./words.ts";

const ONE_BY_ONE: Text = { fr: "Les exigences, une par une", en: "The requirements, one by one" };

const TO_CORRECT: Text = { fr: "À corriger", en: "To correct" };

interface Chapter {
  readonly title: Text;
  readonly holds: (row: RowVerdict, binding: ReadonlySet<RowVerdict>) => boolean;
  /** Whether the chapter is collapsed with many applications. */
  readonly folds: boolean;
  /** Set for a chapter of short items, which are shown side by side. */
  readonly settled?: true;
}

/** Chapters of a subject, most urgent first. Each row belongs to exactly one. */
const CHAPTERS: readonly Chapter[] = [
  {
    title: TO_CORRECT,
    holds: (row, binding) => row.answer === "no" && binding.has(row),
    folds: false,
  },
  {
    title: { fr: "Reste à prouver", en: "Still to be proven" },
    holds: (row, binding) => row.answer === "unproven" && binding.has(row),
    folds: true,
  },
  {
    title: { fr: "Ne décide pas de l'admission", en: "Does not decide on admission" },
    holds: ({ answer }) => answer === "no" || answer === "unproven",
    folds: true,
  },
  {
    title: { fr: "Prouvé ou sans objet", en: "Proven, or not applicable" },
    holds: () => true,
    folds: true,
    settled: true,
  },
];

/**
 * Section of one application; `id` is the prefix of its rows' ids. With many applications, rows without
 * corrections are collapsed.
 */
export function htmlSubject(verdict: Verdict, page: Page, id: string, form: SectionForm): string {
  const { lang } = page;
  const { subject, admitted, rows, trials = [], packages = [] } = verdict;
  const steps = form === "short" ? "" : `<br>${escapeMarkup(nextSteps(verdict, lang).join(" "))}`;
  const told =
    form === "short" ? shortly(verdict, { page, id, form, rows }) : wholly(verdict, { page, id, form, rows });
  // With several applications, package tables are omitted: each would fill a page.
  const held = form === "only" ? packages.map((one) => htmlComponents(one, lang)).join("") : "";
  return `<section class="application">
${form === "only" ? `<h2 id="${id}">${ONE_BY_ONE[lang]}</h2>` : `<h2 id="${id}">${verdictBadge(admitted, lang)} <span>${escapeMarkup(subject.name)}</span></h2>`}
${facts(subject, form, lang)}<p class="next ${admitted}"><span class="label">${escapeMarkup(countsText(rows, lang))}</span>${steps}</p>
${told}${lastLines(verdict, lang)}${trials.map((trial) => htmlTrial(trial, lang)).join("")}${held}</section>
`;
}

function wholly(verdict: Verdict, options: RowOptions): string {
  const { told, rest } = toldRows(verdict);
  const silence =
    rest.length === 0 ? "" : `<p class="note">${escapeMarkup(silenceText(rest, options.page.lang))}</p>\n`;
  return `${chapters(told, new Set(bindingRows(verdict)), options)}${silence}`;
}

/** Rows to correct in full, the rest in a few words. */
function shortly(verdict: Verdict, options: RowOptions): string {
  const { page, form } = options;
  const { full, open, details, rest } = verdictSummary(verdict, page.lang);
  const list = htmlDetails(details, page, form);
  const others = [
    open === undefined ? "" : `${answerBadge("unproven", page.lang)} ${escapeMarkup(open)}`,
    escapeMarkup(rest),
  ];
  return [
    full.length === 0 ? "" : `<h3>${TO_CORRECT[page.lang]}</h3>\n`,
    ...full.map((row) => htmlRow(row, options)),
    ...others.filter((text) => text !== "").map((text) => `<p class="facts">${text}</p>\n`),
    list === "" ? "" : `<ul class="problems">\n${list}</ul>\n`,
  ].join("");
}

function lastLines(verdict: Verdict, lang: Lang): string {
  return failedStartLogs(verdict, lang)
    .map(
      ({ title, lines }) =>
        `<h3>${escapeMarkup(title)}</h3>\n<pre>${lines.map(escapeMarkup).join("\n")}</pre>\n`,
    )
    .join("");
}

/** Team, place of declaration, and images with their full digests for comparison. */
function facts(subject: Subject, form: SectionForm, lang: Lang): string {
  // Images of the only subject are at the top of the page.
  const images = (form === "only" ? [] : subject.images).map(
    ({ container, reference, digest, imageId, platform }) => {
      const id = imageId === undefined ? undefined : `${WORDS.imageId[lang]} ${imageId}`;
      const parts = [reference === subject.name ? undefined : reference, digest ?? id, platform];
      const text = parts.filter((part) => part !== undefined).join(" · ");
      return container === undefined || text === "" ? text : labelled(container, text, lang);
    },
  );
  return [originText(subject, lang), ...images]
    .filter((text) => text !== "")
    .map((text) => `<p class="facts">${escapeMarkup(text)}</p>\n`)
    .join("");
}

function chapters(
  told: readonly RowVerdict[],
  binding: ReadonlySet<RowVerdict>,
  options: RowOptions,
): string {
  const left = new Set(told);
  return CHAPTERS.map((chapter) => {
    const rows = [...left].filter((row) => chapter.holds(row, binding));
    for (const row of rows) left.delete(row);
    return rows.length === 0 ? "" : chapterText(chapter, rows, options);
  }).join("");
}

function chapterText(
  { title, folds, settled }: Chapter,
  rows: readonly RowVerdict[],
  options: RowOptions,
): string {
  const { page, form } = options;
  const heading = `<h3>${title[page.lang]}</h3>`;
  const list = rowsText(rows, options);
  const text = settled ? `<div class="settled">\n${list}</div>\n` : list;
  if (form !== "many" || !folds) return `${heading}\n${text}`;
  return `<details class="chapter"><summary>${heading} (${rows.length})</summary>\n${text}</details>\n`;
}

/** Rows; rows that only lack the same evidence are grouped at the place of the first. */
function rowsText(rows: readonly RowVerdict[], options: RowOptions): string {
  return groupedRows(rows)
    .map((group) => (group.length > 1 ? htmlOpenRows(group, options) : htmlRow(group[0], options)))
    .join("");
}
