import type { Lang, Text } from "../contract/text.ts";
import { CAUSE_GROUPS, CAUSE_TITLES, causeText } from "./cause-texts.ts";
import type { Cause, CauseGroup, Causes } from "./causes.ts";
import { escapeMarkup, htmlProse } from "./escape.ts";
import type { Page } from "./html-page.ts";
import { acceptanceTexts, commandText } from "./words.ts";

/** Causes of a group visible at first, and in total; the sections show all of them. */
const [OPEN, SHOWN] = [6, 60];

const TITLE: Text = {
  fr: "Causes, de la plus fréquente à la plus rare",
  en: "Causes, the most frequent first",
};

/** Classes of the style sheet that give the groups their colours. */
const CLASSES = {
  refused: "no",
  open: "unproven",
  advised: "na",
  accepted: "na",
} as const satisfies Record<CauseGroup, string>;

/** An application in the list of a cause. */
export interface NamedApplication {
  /** Identifier of the application's section. */
  readonly id: string;
  readonly name: string;
}

/** Causes, each with the applications that a single fix would correct. */
export function* htmlCauses(
  causes: Causes,
  applications: readonly NamedApplication[],
  page: Page,
): Generator<string> {
  const { lang } = page;
  const groups = CAUSE_GROUPS.filter((group) => causes.of(group).length > 0);
  if (groups.length === 0) return;
  yield `<section aria-labelledby="causes"><h2 id="causes">${TITLE[lang]}</h2>\n`;
  for (const group of groups) {
    const list = causes.of(group);
    const items = list.slice(0, SHOWN).map((cause) => causeItem(cause, group, applications, page));
    const more = list.length > SHOWN ? `<p class="more">${moreText(list.length - SHOWN, lang)}</p>\n` : "";
    yield `<h3>${CAUSE_TITLES[group][lang]}</h3>\n${listOf(items.slice(0, OPEN))}`;
    if (items.length > OPEN) {
      yield `<details class="chapter"><summary>${moreText(list.length - OPEN, lang)}</summary>\n${listOf(items.slice(OPEN))}${more}</details>\n`;
    }
  }
  yield "</section>\n";
}

function listOf(items: readonly string[]): string {
  return `<ul class="causes">\n${items.join("")}</ul>\n`;
}

function causeItem(cause: Cause, group: CauseGroup, named: readonly NamedApplication[], page: Page): string {
  const { lang } = page;
  const { number, rule, command, remedy, accepted, applications, alone, among } = cause;
  const run = command === undefined ? "" : `<p><code>${escapeMarkup(commandText(command, lang))}</code></p>`;
  const advice = remedy === undefined ? "" : `<p class="remedy">${htmlProse(remedy[lang])}</p>`;
  const about = [
    `<a href="#applications" data-cause="${number}">${countText(applications)}</a>`,
    ...(alone === 0 ? [] : [aloneText(alone, lang)]),
    ...(accepted === undefined ? [] : acceptanceTexts(accepted, lang).map(escapeMarkup)),
    ...(rule === undefined ? [] : [page.linked(rule)]),
  ];
  return `<li class="cause ${CLASSES[group]}"><span class="count" aria-hidden="true">${applications}</span>
<div>${htmlProse(causeText(cause, lang))}${run}${advice}<span class="context">${about.join(" · ")}</span>
${names(among, applications, named, lang)}</div></li>
`;
}

function names(
  among: readonly number[],
  all: number,
  named: readonly NamedApplication[],
  lang: Lang,
): string {
  const items = among.map((place) => {
    const { id, name } = named[place] as NamedApplication;
    return `<li><a href="#${id}">${escapeMarkup(name)}</a></li>`;
  });
  const more = all > among.length ? `<li class="more">${moreText(all - among.length, lang)}</li>` : "";
  return `<details><summary>${{ fr: "Lesquelles", en: "Which" }[lang]}</summary><ul>${items.join("")}${more}</ul></details>`;
}

function countText(count: number): string {
  return `${count} application${count > 1 ? "s" : ""}`;
}

function aloneText(count: number, lang: Lang): string {
  return {
    fr: `seul obstacle pour ${count}`,
    en: `the only obstacle for ${count}`,
  }[lang];
}

function moreText(count: number, lang: Lang): string {
  return { fr: `… et ${count} de plus`, en: `… and ${count} more` }[lang];
}
