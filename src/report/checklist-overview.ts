import stringWidth from "fast-string-width";
import { locationText } from "../contract/object-location.ts";
import type { Lang } from "../contract/text.ts";
import { type Verdict, WORST_FIRST } from "../contract/verdict.ts";
import { ANSWER_STYLES } from "./checklist-row.ts";
import { countAnswers, sum, type Totals, totalText } from "./counts.ts";
import { visible } from "./escape.ts";
import { inOrder, type Ordered } from "./overview-order.ts";
import type { ReportView } from "./report.ts";
import { environmentOf } from "./subject.ts";
import { elide, elidePath, pad, padStart, paragraph, type Style, type Terminal } from "./terminal.ts";
import { ADMISSION_WORDS, ANSWER_SYMBOLS, WORDS } from "./words.ts";

/** Width below which only the verdict and the name are shown. */
const ROOMY = 72;
/** Space between columns. */
const GAP = "  ";
/** Maximum width of columns with names and environments; longer names are complete in their own section. */
const NAME_COLUMNS = 36;
const ENVIRONMENT_COLUMNS = 24;
/** Minimum width, in columns, at which a workload's place of declaration is shown. */
const PLACE_COLUMNS = 16;

/** Cells of one line of the table. */
interface Cells {
  readonly verdict: string;
  /** One count per answer. */
  readonly counts: readonly string[];
  readonly name: string;
  readonly environment: string;
  readonly place: string;
  readonly style: Style;
}

/** One application of the table. */
export interface OverviewLine extends Cells, Ordered {}

/** One line per application below the column heads; cells are shortened, not wrapped. */
export function checklistOverview(
  applications: readonly OverviewLine[],
  view: ReportView,
  lang: Lang,
  on: Terminal,
): readonly string[] {
  const groups = inOrder(applications, view);
  const lines = tableLines([heading(lang), ...groups.flatMap(({ shown }) => shown)], lang, on);
  const [head = [], ...rest] = lines;
  let next = 0;
  const told = groups.flatMap(({ title, totals, shown, left }) => {
    const own = rest.slice(next, next + shown.length);
    next += shown.length;
    const name = title === "" ? WORDS.none[lang] : title;
    const text = `${name} · ${totalText(totals, lang)}`;
    return [
      ...(view.groupBy === undefined ? [] : paragraph(on, { head: "", indent: 0, text, style: "bold" })),
      ...own.flat(),
      ...notShown(left, lang, on),
    ];
  });
  return [...head, ...told];
}

function notShown(left: Totals, lang: Lang, on: Terminal): readonly string[] {
  if (sum(left) === 0) return [];
  const text = {
    fr: `… et ${totalText(left, "fr")} : --limit 0`,
    en: `… and ${totalText(left, "en")}: --limit 0`,
  };
  return paragraph(on, { head: "  ", indent: 2, text: text[lang], style: "dim" });
}

/** Lines of applications. */
function tableLines(lines: readonly Cells[], lang: Lang, on: Terminal): readonly (readonly string[])[] {
  if (on.width < ROOMY) return lines.map((one) => narrowLine(one, lang, on));
  return wideLines(lines, lang, on).map((line) => [line]);
}

function heading(lang: Lang): Cells {
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
    admitted,
    refusals: numbers.no,
    team: subject.team ?? "",
    verdict: `${ANSWER_SYMBOLS[admitted]} ${ADMISSION_WORDS[admitted][lang]}`,
    counts: WORST_FIRST.map((answer) => String(numbers[answer])),
    name: subject.name,
    environment: environmentOf(subject),
    place: subject.workload === undefined ? "" : locationText(subject.workload.at),
    style: ANSWER_STYLES[admitted],
  };
}

function verdictColumns(lang: Lang): number {
  return 2 + Math.max(...Object.values(ADMISSION_WORDS).map((word) => word[lang].length));
}

function narrowLine({ verdict, name, environment, style }: Cells, lang: Lang, on: Terminal) {
  const head = `${pad(verdict, verdictColumns(lang))}${GAP}`;
  const text = environment === "" ? name : `${name} · ${environment}`;
  return paragraph(on, { head: on.paint(style, head), indent: head.length, text });
}

function wideLines(lines: readonly Cells[], lang: Lang, on: Terminal): readonly string[] {
  const head = ({ verdict, counts }: Cells): string =>
    [pad(verdict, verdictColumns(lang)), ...counts.map((count) => padStart(count, 2))].join(GAP);
  const free = on.width - head(lines[0] as Cells).length - GAP.length;
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

function widest(lines: readonly Cells[], cell: (line: Cells) => string, most: number): number {
  const wide = lines.reduce((columns, one) => Math.max(columns, stringWidth(visible(cell(one)))), 0);
  return Math.min(most, wide);
}
