import { CLAUSES } from "../contract/clauses.ts";
import { ROWS } from "../contract/rows.ts";
import type { Lang, Text } from "../contract/text.ts";
import { escapeMarkup, htmlProse } from "./escape.ts";
import type { RuleWords } from "./report.ts";
import { labelled, WORDS } from "./words.ts";

const TITLE: Text = {
  fr: "Références du contrat et règles citées",
  en: "Clauses of the contract, and the rules that are cited",
};

/** State shared by the parts of a page: its language, and the cited rules, which are explained at the end. */
export class Page {
  readonly lang: Lang;
  readonly #rules: ReadonlyMap<string, RuleWords>;
  readonly #cited = new Set<string>();

  constructor(lang: Lang, rules: readonly RuleWords[]) {
    this.lang = lang;
    this.#rules = new Map(rules.map((rule) => [rule.id, rule]));
  }

  /** Escaped text; names of rules become links to their explanation below. */
  linked(text: string): string {
    const names = text.split(", ");
    if (!names.every((name) => this.#rules.has(name))) return escapeMarkup(text);
    for (const name of names) this.#cited.add(name);
    return names.map((name) => `<a href="#rule-${name}">${name}</a>`).join(", ");
  }

  /** Each clause with its rows, and the rules that were cited. */
  *words(): Generator<string> {
    const { lang } = this;
    yield `<section class="words" aria-labelledby="words"><h2 id="words">${TITLE[lang]}</h2>\n`;
    for (const { id, title } of CLAUSES) {
      const rows = ROWS.filter(({ clauses }) => clauses.includes(id)).map((row) => row.title[lang]);
      const rules = [...this.#rules.values()].filter(
        (rule) => this.#cited.has(rule.id) && rule.id.startsWith(`${id}-`),
      );
      const told = rules.map((rule) => this.#rule(rule)).join("");
      const list = told === "" ? "" : `<dl>\n${told}</dl>\n`;
      yield `<section><h3 id="clause-${id}">${id} ${escapeMarkup(title[lang])}</h3>
<p class="facts">${escapeMarkup(rows.join(" · "))}</p>
${list}</section>
`;
    }
    yield "</section>\n";
  }

  #rule({ id, title, why, remedy }: RuleWords): string {
    const { lang } = this;
    return `<dt id="rule-${id}"><code>${id}</code> ${htmlProse(title[lang])}</dt>
<dd>${htmlProse(why[lang])}</dd>
<dd>${labelled(`<span class="label">${WORDS.remedy[lang]}</span>`, htmlProse(remedy[lang]), lang)}</dd>
`;
  }
}

/** Clauses as links to their text. */
export function clauseLinks(clauses: readonly string[]): string {
  return clauses.map((id) => `<a href="#clause-${id}">${id}</a>`).join(", ");
}
