import type { Lang, Text } from "../contract/text.ts";
import type { Acceptance } from "../contract/verdict.ts";
import type { Cause, CauseGroup, Causes } from "./causes.ts";
import { escapeMarkup, htmlProse } from "./escape.ts";
import type { Page } from "./html-page.ts";
import { commandText, labelled, WORDS } from "./words.ts";

/** Causes of a group visible at first, and in total; the sections show all of them. */
const [OPEN, SHOWN] = [6, 60];

const TITLE: Text = {
  fr: "Causes, de la plus fréquente à la plus rare",
  en: "Causes, the most frequent first",
};

interface Group {
  readonly group: CauseGroup;
  readonly answer: "no" | "unproven" | "na";
  readonly title: Text;
}

const GROUPS: readonly Group[] = [
  { group: "refused", answer: "no", title: { fr: "Ce qui fait refuser", en: "Causes of refusal" } },
  {
    group: "open",
    answer: "unproven",
    title: { fr: "Ce qui reste à prouver", en: "What is still to be proven" },
  },
  {
    group: "advised",
    answer: "na",
    title: { fr: "Ne décide pas de l'admission", en: "Does not decide on admission" },
  },
  {
    group: "accepted",
    answer: "na",
    title: { fr: "Accepté comme faux par la plateforme", en: "Accepted as false by the platform" },
  },
];

/** An application in the list of a cause. */
export interface NamedApplication {
  /** Identifier of the application's section. */
  readonly id: string;
  readonly name: string;
}

/** Causes, each with the applications for which one fix would resolve it. */
export function* htmlCauses(
  causes: Causes,
  applications: readonly NamedApplication[],
  page: Page,
): Generator<string> {
  const { lang } = page;
  const groups = GROUPS.filter(({ group }) => causes.of(group).length > 0);
  if (groups.length === 0) return;
  yield `<section aria-labelledby="causes"><h2 id="causes">${TITLE[lang]}</h2>\n`;
  for (const { group, answer, title } of groups) {
    const list = causes.of(group);
    const items = list.slice(0, SHOWN).map((cause) => causeItem(cause, answer, applications, page));
    const more = list.length > SHOWN ? `<p class="more">${moreText(list.length - SHOWN, lang)}</p>\n` : "";
    yield `<h3>${title[lang]}</h3>\n${listOf(items.slice(0, OPEN))}`;
    if (items.length > OPEN) {
      yield `<details class="chapter"><summary>${moreText(list.length - OPEN, lang)}</summary>\n${listOf(items.slice(OPEN))}${more}</details>\n`;
    }
  }
  yield "</section>\n";
}

function listOf(items: readonly string[]): string {
  return `<ul class="causes">\n${items.join("")}</ul>\n`;
}

function causeItem(
  { number, message, rule, evidence, command, remedy, accepted, applications, alone, among }: Cause,
  answer: Group["answer"],
  named: readonly NamedApplication[],
  page: Page,
): string {
  const { lang } = page;
  const text = evidence === undefined ? message[lang] : labelled(WORDS.missing[lang], message[lang], lang);
  const run = command === undefined ? "" : `<p><code>${escapeMarkup(commandText(command, lang))}</code></p>`;
  const advice = remedy === undefined ? "" : `<p class="remedy">${htmlProse(remedy[lang])}</p>`;
  const about = [
    `<a href="#applications" data-cause="${number}">${countText(applications)}</a>`,
    ...(alone === 0 ? [] : [aloneText(alone, lang)]),
    ...(accepted === undefined ? [] : acceptanceTexts(accepted, lang).map(escapeMarkup)),
    ...(rule === undefined ? [] : [page.linked(rule)]),
  ];
  return `<li class="cause ${answer}"><span class="count" aria-hidden="true">${applications}</span>
<div>${htmlProse(text)}${run}${advice}<span class="context">${about.join(" · ")}</span>
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

/** Reason, author and expiry date of an acceptance. */
function acceptanceTexts({ reason, author, expires }: Acceptance, lang: Lang): readonly string[] {
  return [reason, author, `${WORDS.until[lang]} ${expires}`];
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
