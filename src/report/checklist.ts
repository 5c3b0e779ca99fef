import { CATEGORIES } from "../contract/rows.ts";
import { problemTitle, type SourceProblem } from "../contract/source-problem.ts";
import type { Lang, Text } from "../contract/text.ts";
import type { RowVerdict, Verdict } from "../contract/verdict.ts";
import { Causes } from "./causes.ts";
import { checklistCauses } from "./checklist-causes.ts";
import { checklistHeading } from "./checklist-heading.ts";
import { checklistOverview, type OverviewLine, overviewLine } from "./checklist-overview.ts";
import { ANSWER_STYLES, checklistRow } from "./checklist-row.ts";
import { ChecklistSummaries } from "./checklist-summary.ts";
import {
  allAndMandatoryText,
  countsText,
  noTotals,
  silenceText,
  sum,
  type Totals,
  totalText,
} from "./counts.ts";
import { earlierRows } from "./details.ts";
import { failedStartLogs } from "./failed-start-logs.ts";
import { type GroupedRows, groupedRows } from "./grouped-rows.ts";
import { nextSteps } from "./next-steps.ts";
import type { Report, ReportFooter } from "./report.ts";
import { isMany, toldRows } from "./subject.ts";
import { paragraph, type Terminal, terminal } from "./terminal.ts";
import { VerdictBuffer } from "./verdict-buffer.ts";
import { ADMISSION_WORDS, CATEGORY_WORDS, capitalized, labelled, WORDS } from "./words.ts";

/** Sources shown with many applications. */
const SOURCES = 5;

/**
 * The contract's checklist for a terminal or a pipeline's log. With several applications, the report begins
 * with a table, so the rest is held back until all verdicts are known. With many applications, it begins with
 * their common causes, and shows details only on request.
 */
export const checklist: Report = (options) => {
  const { lang, view = {} } = options;
  const on = terminal(options);
  const totals = noTotals();
  const table: OverviewLine[] = [];
  const briefs = new ChecklistSummaries(lang, on);
  const causes = new Causes();
  const verdicts = new VerdictBuffer((verdict) => {
    causes.add(verdict);
    if (on.verbose) briefs.add(verdict);
  });

  function* sections({ errors, skipped }: ReportFooter): Generator<readonly string[]> {
    const { few } = verdicts;
    const [only] = sum(totals) === 1 ? few : [];
    yield* checklistCauses(causes, view, lang, on);
    if (table.length > 1) yield checklistOverview(table, view, lang, on);
    for (const verdict of few) {
      yield* subjectSections(verdict, lang, on);
      if (only === undefined) yield conclusion(verdict, lang, on);
    }
    yield* briefs.sections();
    const most = isMany(sum(totals)) && !on.verbose ? SOURCES : Number.POSITIVE_INFINITY;
    yield sources(skipped, { title: WORDS.skipped[lang], mark: on.paint("dim", "–"), most }, lang, on);
    yield sources(errors, { title: WORDS.notRead[lang], mark: on.paint("red", "!"), most }, lang, on);
    if (only !== undefined) yield conclusion(only, lang, on);
    else yield [...total(totals, lang, on), ...(isMany(sum(totals)) ? whereToLook(lang, on) : [])];
  }

  return {
    head: "",
    verdict(verdict) {
      totals[verdict.admitted] += 1;
      if (view.only !== undefined && view.only !== verdict.admitted) return "";
      table.push(overviewLine(verdict, lang));
      verdicts.add(verdict);
      return "";
    },
    *end(unjudged) {
      let before = "";
      for (const lines of sections(unjudged)) {
        if (lines.length === 0) continue;
        yield `${before}${lines.join("\n")}\n`;
        before = "\n";
      }
    },
  };
};

function subjectSections(verdict: Verdict, lang: Lang, on: Terminal): readonly (readonly string[])[] {
  const { told, rest } = toldRows(verdict);
  return [
    checklistHeading(verdict, lang, on),
    ...CATEGORIES.map((category) => {
      const rows = verdict.rows.filter((row) => row.category === category);
      const shown = told.filter((row) => row.category === category);
      if (shown.length === 0) return [];
      const heading = `${CATEGORY_WORDS[category][lang]} · ${countsText(rows, lang)}`;
      return [
        ...paragraph(on, { head: "", indent: 0, text: heading, style: "bold" }),
        ...folded(shown, on).flatMap(([row, ...others]) =>
          checklistRow(row, earlierRows(row, verdict.rows), lang, on, others),
        ),
      ];
    }),
    rest.length === 0 ? [] : paragraph(on, { head: "", indent: 0, text: silenceText(rest, lang) }),
    ...failedStartLogs(verdict, lang).map(({ title, lines }) => [
      ...paragraph(on, { head: "", indent: 0, text: title, style: "bold" }),
      ...lines.flatMap((text) => paragraph(on, { head: "  ", indent: 4, text, style: "dim" })),
    ]),
  ];
}

function folded(rows: readonly RowVerdict[], on: Terminal): readonly GroupedRows[] {
  return on.verbose ? rows.map((row): GroupedRows => [row]) : groupedRows(rows);
}

/** Sources listed with a message only. */
function sources(
  problems: readonly SourceProblem[],
  { title, mark, most }: { readonly title: string; readonly mark: string; readonly most: number },
  lang: Lang,
  on: Terminal,
): readonly string[] {
  if (problems.length === 0) return [];
  return [
    on.paint("bold", title),
    ...problems
      .slice(0, most)
      .flatMap(({ about, message }) => [
        ...paragraph(on, { head: `  ${mark} `, indent: 4, text: problemTitle(about) }),
        ...paragraph(on, { head: "    ", indent: 4, text: message[lang] }),
      ]),
    ...(problems.length > most
      ? paragraph(on, {
          head: "  ",
          indent: 2,
          text: otherSources(problems.length - most)[lang],
          style: "dim",
        })
      : []),
  ];
}

function otherSources(count: number): Text {
  return { fr: `… et ${count} de plus : --verbose`, en: `… and ${count} more: --verbose` };
}

/** Text for many applications: the commands that show details. */
function whereToLook(lang: Lang, on: Terminal): readonly string[] {
  if (on.verbose) return [];
  const text = {
    fr: "le détail de chacune par --verbose (des seules refusées avec --only refused), ou --format html=rapport.html",
    en: "add --verbose for details (and --only refused to see only the refused applications), or --format html=report.html",
  }[lang];
  return paragraph(on, { head: "", indent: 0, text: labelled(WORDS.next[lang], text, lang) });
}

/** Conclusion of a verdict, and next steps. */
function conclusion(verdict: Verdict, lang: Lang, on: Terminal): readonly string[] {
  const { admitted, rows } = verdict;
  const word = capitalized(ADMISSION_WORDS[admitted][lang]);
  const text = labelled(word, allAndMandatoryText(rows, lang), lang);
  return [
    ...paragraph(on, { head: "", indent: 0, text, style: ANSWER_STYLES[admitted] }),
    ...paragraph(on, {
      head: "",
      indent: 0,
      text: labelled(WORDS.next[lang], nextSteps(verdict, lang).join(" "), lang),
    }),
  ];
}

function total(totals: Totals, lang: Lang, on: Terminal): readonly string[] {
  const end = sum(totals) === 0 ? "." : "";
  return paragraph(on, { head: "", indent: 0, text: `${totalText(totals, lang)}${end}`, style: "bold" });
}
