import { rowById } from "../contract/rows.ts";
import { problemPlace, problemTitle, type SourceProblem } from "../contract/source-problem.ts";
import type { Lang } from "../contract/text.ts";
import type { Answer, RowVerdict, Subject, Verdict } from "../contract/verdict.ts";
import { silenceText } from "./counts.ts";
import { type Detail, sentence } from "./detail.ts";
import { details } from "./details.ts";
import { escapeMarkup, logLine } from "./escape.ts";
import { isDockerfile, toldRows } from "./subject.ts";
import { ANSWER_WORDS, labelled, WORDS } from "./words.ts";

/** Findings and notes written for one row; the others are counted. */
const SHOWN = 100;

/** Stands in a case for the name of its application. No other text of a report holds it: visible() writes it out. */
export const APPLICATION = "\u0001";

export interface Case {
  readonly result: "success" | "failure" | "error" | "skipped";
  readonly xml: string;
}

/** One case per row; all that a Dockerfile says nothing of is one. */
export function verdictCases(verdict: Verdict, lang: Lang): readonly Case[] {
  const file = fileOf(verdict.subject);
  const { told, rest } = toldRows(verdict);
  return [
    ...told.map((row) => rowCase(row, file, lang)),
    ...(rest.length === 0 ? [] : [silentCase(rest, file, lang)]),
  ];
}

/** A source on which there is no verdict. */
export function sourceCase({ about, message }: SourceProblem, result: "error" | "skipped", lang: Lang): Case {
  const type = result === "error" ? ' type="source"' : "";
  return {
    result,
    xml: caseText(
      { class: "sources", name: problemTitle(about), file: problemPlace(about)?.file ?? "" },
      `      <${result} message="${escapeMarkup(message[lang])}"${type}/>\n`,
    ),
  };
}

function rowCase(row: RowVerdict, file: string, lang: Lang): Case {
  const { title, clauses, category } = rowById(row.id);
  const told = details(row, [], lang, SHOWN);
  const message = escapeMarkup(summary(row, told, lang));
  return {
    result: RESULTS[row.answer],
    xml: caseText(
      {
        class: `${APPLICATION}.${category}.${row.id}`,
        name: `${clauses.join(", ")} ${title[lang]}`,
        file,
      },
      content(row, message, escapeLines(told, lang)),
    ),
  };
}

/** All that a Dockerfile says nothing of. */
function silentCase(rest: readonly RowVerdict[], file: string, lang: Lang): Case {
  const message = escapeMarkup(silenceText(rest, lang));
  return {
    result: "skipped",
    xml: caseText(
      { class: `${APPLICATION}.others`, name: WORDS.others[lang], file },
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

/** @param class markup already: it holds APPLICATION */
function caseText(
  { class: className, name, file }: { readonly class: string; readonly name: string; readonly file: string },
  body: string,
): string {
  const where = file === "" ? "" : ` file="${escapeMarkup(file)}"`;
  return `    <testcase classname="${className}" name="${escapeMarkup(name)}"${where}>\n${body}    </testcase>\n`;
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
