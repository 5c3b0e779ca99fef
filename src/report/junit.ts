import { rowById } from "../contract/rows.ts";
import type { Lang } from "../contract/text.ts";
import type { RowVerdict, SourceProblem, Verdict } from "../contract/verdict.ts";
import { type Detail, sentence } from "./detail.ts";
import { details } from "./details.ts";
import { escapeMarkup } from "./escape.ts";
import type { Report } from "./report.ts";
import { ANSWER_WORDS, labelled, WORDS } from "./words.ts";

/** Findings and notes written for one row; the others are counted. */
const SHOWN = 100;

/**
 * For the test tabs of GitLab, Jenkins and others: one suite per application, one case per row. A
 * `no` fails, `unproven` is skipped (it is no success), `yes` and `n/a` succeed; a source that could
 * not be read is an error.
 */
export const junit: Report = ({ verdicts, errors }, { lang }) => {
  const rows = verdicts.flatMap((verdict) => verdict.rows);
  const suites = [
    ...verdicts.map((verdict) => suite(verdict, lang)),
    ...(errors.length === 0 ? [] : [unreadable(errors, lang)]),
  ];
  const numbers = totals(rows, errors.length);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="douane" ${numbers}>\n${suites.join("")}</testsuites>\n`;
};

function suite({ subject, rows }: Verdict, lang: Lang): string {
  const cases = rows.map((row) => testCase(row, lang)).join("");
  return `  <testsuite name="${escapeMarkup(subject.name)}" ${totals(rows, 0)}>\n${cases}  </testsuite>\n`;
}

function testCase(row: RowVerdict, lang: Lang): string {
  const { title, clauses, category } = rowById(row.id);
  const name = escapeMarkup(`${clauses.join(", ")} ${title[lang]}`);
  const told = details(row, [], lang, SHOWN);
  const body = escapeLines(told, lang);
  const message = escapeMarkup(summary(row, told, lang));
  return `    <testcase classname="${category}.${row.id}" name="${name}">\n${content(row, message, body)}    </testcase>\n`;
}

function content({ answer }: RowVerdict, message: string, body: string): string {
  if (answer === "no") return `      <failure message="${message}" type="no">${body}</failure>\n`;
  if (answer === "unproven") return `      <skipped message="${message}"/>\n`;
  return body === "" ? "" : `      <system-out>${body}</system-out>\n`;
}

/** One line: what refutes the row, or what it lacks. */
function summary({ answer }: RowVerdict, told: readonly Detail[], lang: Lang): string {
  const reasons = told
    .filter(({ kind }) => kind !== "remedy" && kind !== "note" && kind !== "accepted")
    .map((detail) => said(detail, lang));
  const [first, ...others] = reasons;
  const rest = answer === "unproven" ? others : [];
  return labelled(ANSWER_WORDS[answer][lang], [first ?? "", ...rest].join(" ; "), lang);
}

function escapeLines(told: readonly Detail[], lang: Lang): string {
  return told
    .map((detail) => {
      const context = detail.context.length === 0 ? "" : ` (${detail.context.join(" · ")})`;
      return escapeMarkup(`${said(detail, lang)}${context}`);
    })
    .join("\n");
}

function said(detail: Detail, lang: Lang): string {
  const { command } = detail;
  return `${sentence(detail, lang)}${command === undefined ? "" : ` (${command})`}`;
}

function unreadable(errors: readonly SourceProblem[], lang: Lang): string {
  const cases = errors
    .map(({ file, message }) => {
      const text = escapeMarkup(message[lang]);
      return `    <testcase classname="sources" name="${escapeMarkup(file)}">\n      <error message="${text}" type="source"/>\n    </testcase>\n`;
    })
    .join("");
  return `  <testsuite name="${escapeMarkup(WORDS.notRead[lang])}" ${totals([], errors.length)}>\n${cases}  </testsuite>\n`;
}

function totals(rows: readonly RowVerdict[], errors: number): string {
  const failures = rows.filter(({ answer }) => answer === "no").length;
  const skipped = rows.filter(({ answer }) => answer === "unproven").length;
  return `tests="${rows.length + errors}" failures="${failures}" errors="${errors}" skipped="${skipped}"`;
}
