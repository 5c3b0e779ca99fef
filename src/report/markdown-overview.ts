import { locationText } from "../contract/object-location.ts";
import type { Lang } from "../contract/text.ts";
import { type Verdict, WORST_FIRST } from "../contract/verdict.ts";
import { countAnswers, noTotals, sum, type Totals, totalText } from "./counts.ts";
import { type LinkOf, markdownCell } from "./escape.ts";
import { shorten } from "./markdown-details.ts";
import { linksOf } from "./markdown-links.ts";
import type { ReportView } from "./report.ts";
import { environmentOf } from "./subject.ts";
import { ADMISSION_WORDS, ANSWER_SYMBOLS, ANSWER_WORDS, labelled, WORDS } from "./words.ts";

/** Maximum number of lines of the table by default: the worst are kept, the others counted. */
const LINES = 50;
/** Maximum number of characters of a cell; names in Kubernetes have at most 63. */
const CELL = 120;

/** Totals and a table of the applications, refused first. Names occur only in code spans. */
export class MarkdownOverview {
  readonly #totals = noTotals();
  readonly #lines = { no: [], unproven: [], yes: [] } as Record<Verdict["admitted"], Line[]>;
  readonly #lang: Lang;
  readonly #view: ReportView;
  readonly #limit: number;

  constructor(lang: Lang, view: ReportView) {
    this.#lang = lang;
    this.#view = view;
    this.#limit = view.limit === 0 ? Number.POSITIVE_INFINITY : (view.limit ?? LINES);
  }

  /** @param isShown whether the application matches the requested filter; all are counted */
  add(verdict: Verdict, isShown: boolean): void {
    const { admitted } = verdict;
    const lines = this.#lines[admitted];
    if (isShown && lines.length < this.#limit) {
      lines.push({ admitted, cells: cells(verdict, this.#lang, linksOf(verdict, this.#view)) });
    }
    this.#totals[admitted] += 1;
  }

  get count(): number {
    return sum(this.#totals);
  }

  get title(): string {
    return `## ${totalText(this.#totals, this.#lang)}\n\n`;
  }

  /** Table with refused applications first; empty if there are no applications. */
  get table(): string {
    const lang = this.#lang;
    if (this.count === 0) return "";
    const worst = [...this.#lines.no, ...this.#lines.unproven, ...this.#lines.yes].slice(0, this.#limit);
    const left = { ...this.#totals };
    for (const { admitted } of worst) left[admitted] -= 1;
    const lines = [...heads(lang), ...worst.map((line) => line.cells)];
    return `${lines.map((line) => `| ${line.join(" | ")} |\n`).join("")}\n${notShown(left, lang)}`;
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
  readonly admitted: Verdict["admitted"];
  readonly cells: readonly string[];
}

function cells({ admitted, subject, rows }: Verdict, lang: Lang, linkOf: LinkOf): readonly string[] {
  const { workload } = subject;
  const counts = countAnswers(rows);
  return [
    `${ANSWER_SYMBOLS[admitted]} **${ADMISSION_WORDS[admitted][lang]}**`,
    cell(subject.name),
    cell(environmentOf(subject)),
    workload === undefined ? "" : placeCell(locationText(workload.at), linkOf),
    ...WORST_FIRST.map((answer) => String(counts[answer])),
  ];
}

function cell(text: string): string {
  return text === "" ? "" : markdownCell(shorten(text, CELL));
}

function placeCell(place: string, linkOf: LinkOf): string {
  const address = linkOf(place);
  return address === undefined ? cell(place) : `[${cell(place)}](${address})`;
}

function notShown(left: Totals, lang: Lang): string {
  if (sum(left) === 0) return "";
  const label = { fr: "**Absentes de ce tableau**", en: "**Not in this table**" }[lang];
  return `${labelled(label, totalText(left, lang), lang)}.\n\n`;
}
