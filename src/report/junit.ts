import { rowById } from "../contract/rows.ts";
import { problemPlace, problemTitle, type SourceProblem } from "../contract/source-problem.ts";
import type { Lang } from "../contract/text.ts";
import type { Answer, RowVerdict, Subject, Verdict } from "../contract/verdict.ts";
import { silenceText } from "./counts.ts";
import { type Detail, sentence } from "./detail.ts";
import { details } from "./details.ts";
import { escapeMarkup, logLine } from "./escape.ts";
import type { Report } from "./report.ts";
import { isDockerfile, toldRows, uniqueNames } from "./subject.ts";
import { ANSWER_WORDS, labelled, WORDS } from "./words.ts";

/** Findings and notes written for one row; the others are counted. */
const SHOWN = 100;

/**
 * For the test tabs of GitLab, Jenkins and others: one suite per application, one case per row. A
 * `no` fails, `unproven` is skipped (it is no success), `yes` and `n/a` succeed; a source that could
 * not be read is an error, one that was passed over is skipped. GitLab joins the suites of a job and
 * tells cases apart by class and name: the class names the application.
 */
export const junit: Report = ({ verdicts, errors, skipped }, { lang }) => {
  const names = uniqueNames(verdicts);
  const suites = [
    ...verdicts.map((verdict, index) => verdictSuite(verdict, names[index] as string, lang)),
    ...sourceSuites(errors, "error", WORDS.notRead[lang], lang),
    ...sourceSuites(skipped, "skipped", WORDS.skipped[lang], lang),
  ];
  const numbers = totals(suites.flatMap(({ cases }) => cases));
  const text = suites.map(suiteText).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="douane" ${numbers}>\n${text}</testsuites>\n`;
};

interface Case {
  readonly result: "success" | "failure" | "error" | "skipped";
  readonly xml: string;
}

interface Application {
  readonly name: string;
  /** Of the user's; empty for an image alone. */
  readonly file: string;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

function suiteText({ name, cases }: Suite): string {
  const text = cases.map(({ xml }) => xml).join("");
  return `  <testsuite name="${escapeMarkup(name)}" ${totals(cases)}>\n${text}  </testsuite>\n`;
}

function verdictSuite(verdict: Verdict, name: string, lang: Lang): Suite {
  const file = fileOf(verdict.subject);
  const { told, rest } = toldRows(verdict);
  return {
    name,
    cases: [
      ...told.map((row) => rowCase(row, { name, file }, lang)),
      ...(rest.length === 0 ? [] : [silentCase(rest, { name, file }, lang)]),
    ],
  };
}

function rowCase(row: RowVerdict, { name, file }: Application, lang: Lang): Case {
  const { title, clauses, category } = rowById(row.id);
  const told = details(row, [], lang, SHOWN);
  const message = escapeMarkup(summary(row, told, lang));
  return {
    result: RESULTS[row.answer],
    xml: caseText(
      {
        class: `${name}.${category}.${row.id}`,
        name: `${clauses.join(", ")} ${title[lang]}`,
        file,
      },
      content(row, message, escapeLines(told, lang)),
    ),
  };
}

/** All that a Dockerfile says nothing of. */
function silentCase(rest: readonly RowVerdict[], { name, file }: Application, lang: Lang): Case {
  const message = escapeMarkup(silenceText(rest, lang));
  return {
    result: "skipped",
    xml: caseText(
      { class: `${name}.others`, name: WORDS.others[lang], file },
      `      <skipped message="${message}"/>\n`,
    ),
  };
}

const RESULTS: Readonly<Record<Answer, Case["result"]>> = {
  no: "failure",
  unproven: "skipped",
  yes: "success",
  "n/a": "success",
};

function fileOf(subject: Subject): string {
  return subject.workload?.file ?? (isDockerfile(subject) ? subject.name : "");
}

function caseText(
  { class: className, name, file }: { readonly class: string; readonly name: string; readonly file: string },
  body: string,
): string {
  const where = file === "" ? "" : ` file="${escapeMarkup(file)}"`;
  return `    <testcase classname="${escapeMarkup(className)}" name="${escapeMarkup(name)}"${where}>\n${body}    </testcase>\n`;
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
      return logLine(escapeMarkup(`${said(detail, lang)}${context}`));
    })
    .join("\n");
}

function said(detail: Detail, lang: Lang): string {
  const { command } = detail;
  return `${sentence(detail, lang)}${command === undefined ? "" : ` (${command})`}`;
}

/** One suite for all these sources; none when there are none. */
function sourceSuites(
  problems: readonly SourceProblem[],
  result: "error" | "skipped",
  name: string,
  lang: Lang,
): readonly Suite[] {
  if (problems.length === 0) return [];
  const type = result === "error" ? ' type="source"' : "";
  const cases = problems.map(({ about, message }) => ({
    result,
    xml: caseText(
      { class: "sources", name: problemTitle(about), file: problemPlace(about)?.file ?? "" },
      `      <${result} message="${escapeMarkup(message[lang])}"${type}/>\n`,
    ),
  }));
  return [{ name, cases }];
}

function totals(cases: readonly Case[]): string {
  const count = (result: Case["result"]): number => cases.filter((one) => one.result === result).length;
  return `tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}"`;
}
