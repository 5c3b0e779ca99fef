import { rowById } from "../contract/rows.ts";
import type { Lang, Text } from "../contract/text.ts";
import type { RowVerdict } from "../contract/verdict.ts";
import { type Detail } from "./detail.ts";
import { details, earlierRows } from "./details.ts";
import { escapeMarkup, htmlProse } from "./escape.ts";
import { answerBadge, answerClass } from "./html-badge.ts";
import { clauseLinks, type Page } from "./html-page.ts";
import { CATEGORY_WORD, capitalized, labelled } from "./words.ts";

/** Maximum number of findings and notes shown per row; the others are counted. */
const [SHOWN, SHOWN_AMONG_MANY] = [100, 20];
/** Maximum number of fingerprints shown for a finding at several places. */
const FINGERPRINTS = 5;

const FINGERPRINT: Text = { fr: "empreinte", en: "fingerprint" };

/**
 * Length of a section: for a single subject, for one of few, for one of many, or for one of so many that
 * proofs are omitted.
 */
export type SectionForm = "only" | "few" | "many" | "short";

/** Options for a row: `id` is the prefix of its id; `rows` are all rows of its subject. */
export interface RowOptions {
  readonly page: Page;
  readonly id: string;
  readonly form: SectionForm;
  readonly rows: readonly RowVerdict[];
}

export function htmlRow(row: RowVerdict, { page, id, form, rows }: RowOptions): string {
  const { lang } = page;
  const told = details(
    row,
    earlierRows(row, rows),
    lang,
    form === "only" || form === "few" ? SHOWN : SHOWN_AMONG_MANY,
  );
  return `<article class="row ${answerClass(row.answer)}" id="${id}-${row.id}">
<div><h4>${answerBadge(row.answer, lang)} ${escapeMarkup(rowById(row.id).title[lang])}</h4><span class="meta">${meta(row, lang)}</span></div>
<ul>
${htmlDetails(told, page, form)}</ul>
</article>
`;
}

/** Rows that only lack the same evidence, as one block. */
export function htmlOpenRows(open: readonly RowVerdict[], { page, id, form }: RowOptions): string {
  const { lang } = page;
  const needed = open.slice(0, 1).flatMap((row) => details(row, [], lang, 0));
  const titles = open.map(
    (row) =>
      `<li id="${id}-${row.id}">${escapeMarkup(rowById(row.id).title[lang])} <span class="meta">${meta(row, lang)}</span></li>\n`,
  );
  const count = { fr: `${open.length} exigences`, en: `${open.length} requirements` }[lang];
  return `<article class="row unproven">
<div><h4>${answerBadge("unproven", lang)} ${count}</h4></div>
<div><ul>
${htmlDetails(needed, page, form)}</ul>
<ul class="titles">
${titles.join("")}</ul></div>
</article>
`;
}

function meta({ id, category }: RowVerdict, lang: Lang): string {
  const links = clauseLinks(rowById(id).clauses);
  return category === "mandatory" ? links : `${links} · ${CATEGORY_WORD[category][lang]}`;
}

/** Items of a list. */
export function htmlDetails(told: readonly Detail[], page: Page, form: SectionForm): string {
  // Remedies are shown with the causes and the rules.
  const short = told
    .filter(({ kind }) => kind !== "remedy")
    .map((detail) => ({ ...detail, fingerprints: [] }));
  return (form === "short" ? short : told).map((detail) => item(detail, page)).join("");
}

function item(detail: Detail, page: Page): string {
  const { kind, command } = detail;
  const run = command === undefined ? "" : ` <code>${escapeMarkup(command)}</code>`;
  return `<li class="${kind}">${said(detail, page.lang)}${run}${contextText(detail, page)}</li>\n`;
}

function contextText({ context, fingerprints = [] }: Detail, page: Page): string {
  const parts = context.map((part) => page.linked(part));
  if (fingerprints.length > 0) parts.push(fingerprintText(fingerprints, page.lang));
  return parts.length === 0 ? "" : `<span class="context">${parts.join(" · ")}</span>`;
}

function fingerprintText(fingerprints: readonly string[], lang: Lang): string {
  const shown = fingerprints
    .slice(0, FINGERPRINTS)
    .map((one) => `<code class="fingerprint">${escapeMarkup(one)}</code>`);
  const list = `${shown.join(" ")}${fingerprints.length > FINGERPRINTS ? " …" : ""}`;
  return labelled(FINGERPRINT[lang], list, lang);
}

function said({ label, text }: Detail, lang: Lang): string {
  const prose = htmlProse(text);
  if (label === undefined) return prose;
  return labelled(`<span class="label">${capitalized(label)}</span>`, prose, lang);
}
