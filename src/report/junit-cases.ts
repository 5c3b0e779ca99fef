import { binds } from "../contract/admission.ts";
import { stops } from "../contract/fail-on.ts";
import { declaringFile } from "../contract/object-location.ts";
import { rowById } from "../contract/rows.ts";
import { problemPlace, problemTitle, type SourceProblem } from "../contract/source-problem.ts";
import type { Lang } from "../contract/text.ts";
import type { RowVerdict, Subject, Verdict } from "../contract/verdict.ts";
import { silenceText } from "./counts.ts";
import { type Detail, sentence } from "./detail.ts";
import { details } from "./details.ts";
import { escapeMarkup, logLine } from "./escape.ts";
import type { ReportOptions } from "./report.ts";
import { isDockerfile, toldRows } from "./subject.ts";
import { ANSWER_WORDS, labelled, WORDS } from "./words.ts";

/** Maximum number of findings and notes written per row; the others are counted. */
const SHOWN = 100;

/** Placeholder for the application's name. It occurs in no text of a report, since visible() escapes it. */
export const APPLICATION = "\u0001";

export interface Case {
  readonly result: "success" | "failure" | "error" | "skipped";
  readonly xml: string;
}

/** Options that decide which answers stop the pipeline. */
export type Gate = Pick<ReportOptions, "lang" | "failOn" | "enforceFuture">;

/** One case per row; a single case for all rows that a Dockerfile cannot prove. */
export function verdictCases(verdict: Verdict, gate: Gate): readonly Case[] {
  const file = fileOf(verdict.subject);
  const { told, rest } = toldRows(verdict);
  return [
    ...told.map((row) => rowCase(row, file, gate)),
    ...(rest.length === 0 ? [] : [silentCase(rest, file, gate)]),
  ];
}

/** A case for a source without a verdict. */
export function sourceCase({ about, message }: SourceProblem, result: "error" | "failure", lang: Lang): Case {
  const type = result === "error" ? ' type="source"' : ' type="left-out"';
  return {
    result,
    xml: caseText(
      { class: "sources", name: problemTitle(about), file: problemPlace(about)?.file ?? "" },
      `      <${result} message="${escapeMarkup(message[lang])}"${type}/>\n`,
    ),
  };
}

function rowCase(row: RowVerdict, file: string, gate: Gate): Case {
  const { lang } = gate;
  const { title, clauses, category } = rowById(row.id);
  const told = details(row, [], lang, SHOWN);
  const message = escapeMarkup(summary(row, told, lang));
  const result = resultOf(row, gate);
  return {
    result,
    xml: caseText(
      {
        class: `${APPLICATION}.${category}.${row.id}`,
        name: `${clauses.join(", ")} ${title[lang]}`,
        file,
      },
      content(row, result, message, escapeLines(told, lang)),
    ),
  };
}

/** A case for all rows that a Dockerfile cannot prove. */
function silentCase(rest: readonly RowVerdict[], file: string, gate: Gate): Case {
  const { lang } = gate;
  const message = escapeMarkup(silenceText(rest, lang));
  const stopping = rest.some((row) => resultOf(row, gate) === "failure");
  return {
    result: stopping ? "failure" : "skipped",
    xml: caseText(
      { class: `${APPLICATION}.others`, name: WORDS.others[lang], file },
      stopping
        ? `      <failure message="${message}" type="unproven"/>\n`
        : `      <skipped message="${message}"/>\n`,
    ),
  };
}

/** Result of a case: a failure if it stops the pipeline; a passing case passes; any other case is skipped. */
function resultOf(row: RowVerdict, { failOn = "unproven", enforceFuture = false }: Gate): Case["result"] {
  const { answer } = row;
  if (answer === "yes" || answer === "n/a") return "success";
  return binds(row, enforceFuture) && stops(answer, failOn) ? "failure" : "skipped";
}

function fileOf(subject: Subject): string {
  if (subject.workload !== undefined) return declaringFile(subject.workload.at) ?? "";
  return isDockerfile(subject) ? subject.name : "";
}

/** @param class markup, not escaped again; contains APPLICATION */
function caseText(
  { class: className, name, file }: { readonly class: string; readonly name: string; readonly file: string },
  body: string,
): string {
  const where = file === "" ? "" : ` file="${escapeMarkup(file)}"`;
  return `    <testcase classname="${className}" name="${escapeMarkup(name)}"${where}>\n${body}    </testcase>\n`;
}

function content({ answer }: RowVerdict, result: Case["result"], message: string, body: string): string {
  if (result === "failure") return `      <failure message="${message}" type="${answer}">${body}</failure>\n`;
  const said = body === "" ? "" : `      <system-out>${body}</system-out>\n`;
  if (result === "success") return said;
  return `      <skipped message="${message}"/>\n${answer === "no" ? said : ""}`;
}

/** Summary in one line: findings that refute the row, or its missing evidence. */
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
