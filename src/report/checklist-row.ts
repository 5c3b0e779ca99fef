import { rowById } from "../contract/rows.ts";
import type { Lang } from "../contract/text.ts";
import type { Answer, RowVerdict } from "../contract/verdict.ts";
import { type Detail, sentence } from "./detail.ts";
import { details } from "./details.ts";
import { elide, pad, paragraph, type Style, type Terminal, wrap } from "./terminal.ts";
import { ANSWER_SYMBOLS, ANSWER_WORDS } from "./words.ts";

/** Maximum number of findings and notes shown per row; the others are counted. */
const SHOWN = 8;
/** Maximum number of lines of proof shown per row, since proofs require no action. */
const PROOF_LINES = 2;
/** Mark after a shortened text. */
const MORE = " (--verbose)";
/** Width below which the details are not aligned with the titles. */
const ROOMY = 60;

export const ANSWER_STYLES: Readonly<Record<Answer, Style>> = {
  yes: "green",
  no: ["red", "bold"],
  unproven: "yellow",
  "n/a": "dim",
};

/**
 * One row of the checklist with its details, except details that an `earlier` row has shown.
 *
 * @param others rows with the same details
 */
export function checklistRow(
  row: RowVerdict,
  earlier: readonly RowVerdict[],
  lang: Lang,
  on: Terminal,
  others: readonly RowVerdict[] = [],
): readonly string[] {
  const indent = textColumn(lang);
  const shown = on.verbose ? Number.POSITIVE_INFINITY : SHOWN;
  return [
    ...answerLines(row.answer, titleOf(row, lang), lang, on),
    ...others.flatMap((other) =>
      paragraph(on, { head: " ".repeat(indent), indent, text: titleOf(other, lang) }),
    ),
    ...detailsLines(details(row, earlier, lang, shown, on.fingerprints), lang, on),
  ];
}

function titleOf({ id }: RowVerdict, lang: Lang): string {
  const { title, clauses } = rowById(id);
  return `${title[lang]} · ${clauses.join(", ")}`;
}

/** An answer as symbol and word, followed by its text. */
export function answerLines(answer: Answer, text: string, lang: Lang, on: Terminal): readonly string[] {
  return paragraph(on, {
    head: `  ${on.paint(ANSWER_STYLES[answer], answerWord(answer, lang))}  `,
    indent: textColumn(lang),
    text,
    ...(answer === "no" ? { style: "bold" } : {}),
  });
}

/** Details of a row, below its title. */
export function detailsLines(told: readonly Detail[], lang: Lang, on: Terminal): readonly string[] {
  const margin = on.width < ROOMY ? 4 : textColumn(lang);
  return [
    ...proofLines(told, margin, on),
    ...told.flatMap((detail) => detailLines(detail, lang, margin, on)),
  ];
}

function answerWord(answer: Answer, lang: Lang): string {
  const columns = Math.max(...Object.values(ANSWER_WORDS).map((word) => word[lang].length));
  return `${ANSWER_SYMBOLS[answer]} ${pad(ANSWER_WORDS[answer][lang], columns)}`;
}

function textColumn(lang: Lang): number {
  return "  ".length + answerWord("no", lang).length + "  ".length;
}

function detailLines(detail: Detail, lang: Lang, margin: number, on: Terminal): readonly string[] {
  const { kind, text, context, command } = detail;
  const at = " ".repeat(margin);
  const below = context.join(" · ");
  switch (kind) {
    case "finding":
    case "doubt":
      return [
        ...paragraph(on, { head: `${at}- `, indent: margin + 2, text }),
        ...belowLines(below, margin + 2, on),
      ];
    case "remedy":
    case "settle":
      return paragraph(on, { head: `${at}${on.paint("cyan", "→")} `, indent: margin + 2, text });
    case "proof":
      return [];
    default:
      return paragraph(on, {
        head: at,
        indent: margin,
        text: [sentence(detail, lang), below && `(${below})`, command && `→ ${command}`]
          .filter((part) => part !== undefined && part !== "")
          .join(" "),
        style: "dim",
      });
  }
}

/** Place, container and rule; a path that does not fit beside the margin is moved out, not broken. */
function belowLines(text: string, margin: number, on: Terminal): readonly string[] {
  const fits = text.split(" ").every((word) => word.length <= on.width - margin);
  const indent = fits ? margin : 4;
  return paragraph(on, { head: " ".repeat(indent), indent, text, style: "dim" });
}

/** Proofs of a row as one short paragraph. */
function proofLines(told: readonly Detail[], margin: number, on: Terminal): readonly string[] {
  const proofs = told.filter(({ kind }) => kind === "proof");
  if (proofs.length === 0) return [];
  const text = proofs.map((proof) => proof.text).join(" · ");
  const lines = wrap(text, on.width - margin);
  const [first = "", ...rest] = lines;
  const whole = on.verbose || lines.length <= PROOF_LINES;
  const shown = whole ? lines : [first, `${elide(rest.join(" "), on.width - margin - MORE.length)}${MORE}`];
  return shown.map((line) => `${" ".repeat(margin)}${on.paint("dim", line)}`);
}
