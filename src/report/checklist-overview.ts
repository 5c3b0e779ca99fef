import stringWidth from "fast-string-width";
import type { Lang } from "../contract/text.ts";
import { type Verdict, WORST_FIRST } from "../contract/verdict.ts";
import { ANSWER_STYLES } from "./checklist-row.ts";
import { countAnswers } from "./counts.ts";
import { visible } from "./escape.ts";
import { declaredAt } from "./place.ts";
import { environmentOf } from "./subject.ts";
import { elide, elidePath, pad, padStart, paragraph, type Style, type Terminal } from "./terminal.ts";
import { ADMISSION_WORDS, ANSWER_SYMBOLS, WORDS } from "./words.ts";

/** Narrower than this, there is room for the verdict and the name only. */
const ROOMY = 72;
/** Columns between columns. */
const GAP = "  ";
/** Names and environments longer than this are elided: their own section gives them whole. */
const NAME_COLUMNS = 36;
const ENVIRONMENT_COLUMNS = 24;
/** Fewer columns than this do not show where a workload is declared. */
const PLACE_COLUMNS = 16;

/** One application in the table. */
export interface OverviewLine {
  readonly verdict: string;
  /** As many as there are answers. */
  readonly counts: readonly string[];
  readonly name: string;
  readonly environment: string;
  readonly place: string;
  readonly style: Style;
}

/** One line per application, under the names of the columns: what has no room is left out, not wrapped. */
export function checklistOverview(
  applications: readonly OverviewLine[],
  lang: Lang,
  on: Terminal,
): readonly string[] {
  const lines = [heading(lang), ...applications];
  return on.width < ROOMY ? lines.flatMap((one) => narrowLine(one, lang, on)) : wideLines(lines, lang, on);
}

function heading(lang: Lang): OverviewLine {
  return {
    verdict: WORDS.verdict[lang],
    counts: WORST_FIRST.map((answer) => ANSWER_SYMBOLS[answer]),
    name: WORDS.application[lang],
    environment: WORDS.environment[lang],
    place: WORDS.declared[lang],
    style: "bold",
  };
}

export function overviewLine({ admitted, rows, subject }: Verdict, lang: Lang): OverviewLine {
  const numbers = countAnswers(rows);
  return {
    verdict: `${ANSWER_SYMBOLS[admitted]} ${ADMISSION_WORDS[admitted][lang]}`,
    counts: WORST_FIRST.map((answer) => String(numbers[answer])),
    name: subject.name,
    environment: environmentOf(subject),
    place: subject.workload === undefined ? "" : declaredAt(subject.workload),
    style: ANSWER_STYLES[admitted],
  };
}

function verdictColumns(lang: Lang): number {
  return 2 + Math.max(...Object.values(ADMISSION_WORDS).map((word) => word[lang].length));
}

function narrowLine({ verdict, name, environment, style }: OverviewLine, lang: Lang, on: Terminal) {
  const head = `${pad(verdict, verdictColumns(lang))}${GAP}`;
  const text = environment === "" ? name : `${name} · ${environment}`;
  return paragraph(on, { head: on.paint(style, head), indent: head.length, text });
}

function wideLines(lines: readonly OverviewLine[], lang: Lang, on: Terminal): readonly string[] {
  const head = ({ verdict, counts }: OverviewLine): string =>
    [pad(verdict, verdictColumns(lang)), ...counts.map((count) => padStart(count, 2))].join(GAP);
  const free = on.width - head(lines[0] as OverviewLine).length - GAP.length;
  const without = lines.slice(1).every(({ environment }) => environment === "");
  const environments = without ? 0 : widest(lines, ({ environment }) => environment, ENVIRONMENT_COLUMNS);
  const most = free - (without ? 0 : environments + GAP.length);
  const names = widest(lines, ({ name }) => name, Math.min(most, Math.max(NAME_COLUMNS, free - 60)));
  const places = most - names - GAP.length;
  return lines.map((one) => {
    const cells = [
      pad(elide(one.name, names), names),
      ...(without ? [] : [pad(elide(one.environment, environments), environments)]),
      ...(places < PLACE_COLUMNS ? [] : [elidePath(one.place, places)]),
    ];
    return `${on.paint(one.style, head(one))}${GAP}${cells.join(GAP).trimEnd()}`;
  });
}

function widest(lines: readonly OverviewLine[], cell: (line: OverviewLine) => string, most: number): number {
  const wide = lines.reduce((columns, one) => Math.max(columns, stringWidth(visible(cell(one)))), 0);
  return Math.min(most, wide);
}
