import type { Lang } from "../contract/text.ts";
import { type Verdict, WORST_FIRST } from "../contract/verdict.ts";
import { countAnswers, totalText } from "./counts.ts";
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
export function markdownOverview(verdicts: readonly Verdict[], lang: Lang): string {
  const worst = worstFirst([...verdicts.entries()], ([, verdict]) => verdict).slice(0, LINES);
  const kept = new Set(worst.map(([index]) => index));
  const shown = verdicts.filter((_, index) => kept.has(index));
  const left = verdicts.filter((_, index) => !kept.has(index));
  const heads = [
    WORDS.verdict[lang],
    WORDS.application[lang],
    WORDS.environment[lang],
    WORDS.declared[lang],
    ...WORST_FIRST.map((answer) => ANSWER_WORDS[answer][lang]),
  ];
  const rule = [...Array<string>(4).fill("---"), ...WORST_FIRST.map(() => "--:")];
  const lines = [heads, rule, ...shown.map((verdict) => cells(verdict, lang))];
  const table = lines.map((line) => `| ${line.join(" | ")} |\n`).join("");
  return `## ${totalText(verdicts, lang)}\n\n${table}\n${notShown(left, lang)}`;
}

/** Refused, then unproven, then admitted; each in their order. */
export function worstFirst<T>(items: readonly T[], verdictOf: (item: T) => Verdict): readonly T[] {
  return (["no", "unproven", "yes"] as const).flatMap((admitted) =>
    items.filter((item) => verdictOf(item).admitted === admitted),
  );
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

function notShown(left: readonly Verdict[], lang: Lang): string {
  if (left.length === 0) return "";
  const label = { fr: "**Absentes de ce tableau**", en: "**Not in this table**" }[lang];
  return `${labelled(label, totalText(left, lang), lang)}.\n\n`;
}
