import { locationText } from "../contract/object-location.ts";
import type { Lang, Text } from "../contract/text.ts";
import { type Verdict, WORST_FIRST } from "../contract/verdict.ts";
import type { Cause } from "./causes.ts";
import { countAnswers, REFUSED_FIRST, type Totals } from "./counts.ts";
import { escapeMarkup } from "./escape.ts";
import { countBadge, verdictBadge } from "./html-badge.ts";
import { environmentOf } from "./subject.ts";
import { WORDS } from "./words.ts";

const TITLE: Text = { fr: "Applications", en: "Applications" };
const ANSWERS: Text = { fr: "Réponses", en: "Answers" };
const SEARCH: Text = {
  fr: "Rechercher (nom, équipe, fichier, règle)",
  en: "Search (name, team, file, rule)",
};
const ALL: Text = { fr: "toutes", en: "all" };
const EVERYWHERE: Text = { fr: "tous", en: "all" };
const RESET: Text = { fr: "Tout afficher", en: "Show all" };
const CAUSE: Text = { fr: "Cause", en: "Cause" };
/** Maximum number of characters of a cause in a list of choices. */
const CHOICE = 90;

/** Applications, one per line, refused first, each linked to its section. */
export function* htmlOverview(
  lines: Iterable<string>,
  totals: Totals,
  causes: readonly Cause[],
  lang: Lang,
): Generator<string> {
  const heads = [WORDS.application, WORDS.verdict, WORDS.environment, WORDS.declared, ANSWERS]
    .map((word) => `<th scope="col">${word[lang]}</th>`)
    .join("");
  yield `<section aria-labelledby="applications"><h2 id="applications">${TITLE[lang]}</h2>
${tools(totals, causes, lang)}<table class="overview">
<thead><tr>${heads}</tr></thead>
<tbody>
`;
  yield* lines;
  yield "</tbody>\n</table></section>\n";
}

/** Controls above the table, in the reader's language, which the script activates. */
function tools(totals: Totals, causes: readonly Cause[], lang: Lang): string {
  const verdicts = REFUSED_FIRST.filter((verdict) => totals[verdict] > 0);
  const boxes = verdicts.map(
    (verdict) =>
      `<label class="${verdict}"><input type="checkbox" name="verdict" value="${verdict}" checked> ${verdictBadge(verdict, lang)} (${totals[verdict]})</label>`,
  );
  const choices = causes.map(
    ({ number, message }) => `<option value="${number}">${escapeMarkup(shortened(message[lang]))}</option>`,
  );
  return `<template id="tools"><form class="tools" role="search">
<label>${SEARCH[lang]} <input type="search" name="search" autocomplete="off"></label>
<label>${CAUSE[lang]} <select name="cause"><option value="">${ALL[lang]}</option>${choices.join("")}</select></label>
<label>${WORDS.environment[lang]} <select name="environment"><option value="">${EVERYWHERE[lang]}</option></select></label>
<fieldset><legend>${WORDS.verdict[lang]}</legend>${boxes.join("")}</fieldset>
<button type="reset">${RESET[lang]}</button>
<p role="status"></p>
</form></template>
`;
}

/** @param causes numbers of the application's causes */
export function overviewRow(
  { admitted, subject, rows }: Verdict,
  id: string,
  causes: readonly number[],
  lang: Lang,
): string {
  const counts = countAnswers(rows);
  const { workload } = subject;
  const place = workload === undefined ? "" : locationText(workload.at);
  const answers = WORST_FIRST.filter((answer) => counts[answer] > 0).map((answer) =>
    countBadge(answer, counts[answer], lang),
  );
  const order = REFUSED_FIRST.indexOf(admitted);
  const cells = [
    `<th scope="row"><a href="#${id}">${escapeMarkup(subject.name)}</a></th>`,
    `<td data-sort="${order}">${verdictBadge(admitted, lang)}</td>`,
    `<td>${escapeMarkup(environmentOf(subject))}</td>`,
    `<td>${escapeMarkup(place)}</td>`,
    `<td class="counts" data-sort="${100 * counts.no + counts.unproven}">${answers.join("")}</td>`,
  ];
  return `<tr class="${admitted}" data-causes="${causes.join(" ")}">${cells.join("")}</tr>\n`;
}

function shortened(text: string): string {
  return text.length > CHOICE ? `${text.slice(0, CHOICE)}…` : text;
}
