import { createHash } from "node:crypto";
import type { Lang } from "../contract/text.ts";
import type { Verdict } from "../contract/verdict.ts";
import { checklistHeading, checklistHeadingLine } from "./checklist-heading.ts";
import { answerLines, checklistRow, detailsLines } from "./checklist-row.ts";
import { CompressedText } from "./compressed-text.ts";
import { earlierRows } from "./details.ts";
import { paragraph, type Terminal } from "./terminal.ts";
import { verdictSummary } from "./verdict-summary.ts";

/** Subjects with the same text, which is written once below their names. */
interface Section {
  /** Heading of a single subject. */
  readonly heading: readonly string[];
  /** Shorter heading of each of several subjects. */
  readonly lines: (readonly string[])[];
}

/**
 * Summaries of many applications: refusals in full, unproven rows in a few words. Applications with the same text are
 * grouped at the place of the first.
 */
export class ChecklistSummaries {
  /** Sections by a hash of their text. */
  readonly #sections = new Map<string, Section>();
  readonly #bodies = new CompressedText();
  readonly #lang: Lang;
  readonly #on: Terminal;

  constructor(lang: Lang, on: Terminal) {
    this.#lang = lang;
    this.#on = on;
  }

  add(verdict: Verdict): void {
    const [lang, on] = [this.#lang, this.#on];
    const body = briefLines(verdict, lang, on).join("\n");
    const key = createHash("sha256").update(`${verdict.admitted}\n${body}`).digest("base64");
    const lines = checklistHeadingLine(verdict, lang, on);
    const section = this.#sections.get(key);
    if (section !== undefined) {
      section.lines.push(lines);
      return;
    }
    this.#sections.set(key, { heading: checklistHeading(verdict, lang, on), lines: [lines] });
    this.#bodies.add(body);
  }

  *sections(): Generator<readonly string[]> {
    for (const [{ heading, lines }, body] of this.#bodies.beside([...this.#sections.values()])) {
      yield [...(lines.length === 1 ? heading : lines.flat()), body];
    }
  }
}

function briefLines(verdict: Verdict, lang: Lang, on: Terminal): readonly string[] {
  const { full, open, details, rest } = verdictSummary(verdict, lang);
  return [
    ...full.flatMap((row) => checklistRow(row, earlierRows(row, verdict.rows), lang, on)),
    ...(open === undefined ? [] : answerLines("unproven", open, lang, on)),
    ...detailsLines(details, lang, on),
    ...(rest === "" ? [] : paragraph(on, { head: "  ", indent: 2, text: rest, style: "dim" })),
  ];
}
