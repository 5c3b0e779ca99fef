import type { Lang } from "../contract/text.ts";
import { type Verdict, WORST_FIRST } from "../contract/verdict.ts";
import { countAnswers, noTotals, sum, type Totals, totalText } from "./counts.ts";
import { markdownCell } from "./escape.ts";
import { shorten } from "./markdown-details.ts";
import { declaredAt } from "./place.ts";
import { environmentOf } from "./subject.ts";
import { ADMISSION_WORDS, ANSWER_SYMBOLS, ANSWER_WORDS, labelled, WORDS } from "./words.ts";

/** Lines of the table: beyond, the worst are kept and the others counted. */
const LINES = 150;
/** Characters of a cell: a name of Kubernetes has 63 at most. */
const CELL = 120;

/** The total, then a table of the applications in their order: names stand in code spans only. */
export class MarkdownOverview {
  readonly #totals = noTotals();
  readonly #lines = { no: [], unproven: [], yes: [] } as Record<Verdict["admitted"], Line[]>;
  readonly #lang: Lang;

  constructor(lang: Lang) {
    this.#lang = lang;
  }

  add(verdict: Verdict): void {
    const { admitted } = verdict;
    const lines = this.#lines[admitted];
    if (lines.length < LINES) lines.push({ index: this.count, admitted, cells: cells(verdict, this.#lang) });
    this.#totals[admitted] += 1;
  }

  get count(): number {
    return sum(this.#totals);
  }

  get text(): string {
    const lang = this.#lang;
    const title = `## ${totalText(this.#totals, lang)}\n\n`;
    if (this.count === 0) return title;
    const worst = [...this.#lines.no, ...this.#lines.unproven, ...this.#lines.yes].slice(0, LINES);
    const left = { ...this.#totals };
    for (const { admitted } of worst) left[admitted] -= 1;
    const shown = worst.toSorted((a, b) => a.index - b.index).map((line) => line.cells);
    const lines = [...heads(lang), ...shown].map((line) => `| ${line.join(" | ")} |\n`);
    return `${title}${lines.join("")}\n${notShown(left, lang)}`;
  }
}

function heads(lang: Lang): readonly (readonly string[])[] {
  const words = [WORDS.verdict, WORDS.application, WORDS.environment, WORDS.declared];
  return [
    [...words.map((word) => word[lang]), ...WORST_FIRST.map((answer) => ANSWER_WORDS[answer][lang])],
    [...words.map(() => "---"), ...WORST_FIRST.map(() => "--:")],
  ];
}

interface Line {
  /** Its place among all applications. */
  readonly index: number;
  readonly admitted: Verdict["admitted"];
  readonly cells: readonly string[];
}

function cells({ admitted, subject, rows }: Verdict, lang: Lang): readonly string[] {
  const { workload } = subject;
  const counts = countAnswers(rows);
  return [
    `${ANSWER_SYMBOLS[admitted]} **${ADMISSION_WORDS[admitted][lang]}**`,
    cell(subject.name),
    cell(environmentOf(subject)),
    cell(workload === undefined ? "" : declaredAt(workload)),
    ...WORST_FIRST.map((answer) => String(counts[answer])),
  ];
}

function cell(text: string): string {
  return text === "" ? "" : markdownCell(shorten(text, CELL));
}

function notShown(left: Totals, lang: Lang): string {
  if (sum(left) === 0) return "";
  const label = { fr: "**Absentes de ce tableau**", en: "**Not in this table**" }[lang];
  return `${labelled(label, totalText(left, lang), lang)}.\n\n`;
}
