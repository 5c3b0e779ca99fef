import type { Lang } from "../contract/text.ts";
import type { RowVerdict, Verdict } from "../contract/verdict.ts";
import { countsText } from "./counts.ts";
import { type Detail, identity, more } from "./detail.ts";
import { doubtsOf, earlierRows } from "./details.ts";
import { mergeContainers } from "./merge-containers.ts";
import { missingText } from "./next-steps.ts";
import { noteDetails } from "./note-details.ts";
import { isDockerfile, toldRows } from "./subject.ts";
import { labelled, WORDS } from "./words.ts";

/** Doubts shown per subject; the rest is counted. */
const DOUBTS = 3;

/** Summary of one subject among many: rows to correct in full, the rest in a few words. */
export interface VerdictSummary {
  /** Rows shown with all their details. */
  readonly full: readonly RowVerdict[];
  /** Number of unproven rows and the missing evidence; absent if none is unproven. */
  readonly open?: string;
  /** Doubts that no further evidence would settle, and the findings accepted as false. */
  readonly details: readonly Detail[];
  /** Number of other answers: `4 yes, 1 n/a, 2 notes`; empty if there are none. */
  readonly rest: string;
}

export function verdictSummary(verdict: Verdict, lang: Lang): VerdictSummary {
  const { subject, rows } = verdict;
  const full = isDockerfile(subject) ? toldRows(verdict).told : rows.filter(({ answer }) => answer === "no");
  const others = rows.filter((row) => !full.includes(row));
  const unproven = others.filter(({ answer }) => answer === "unproven");
  const open = openText(unproven, lang);
  return {
    full,
    ...(open === "" ? {} : { open }),
    details: [...doubtDetails(unproven, lang), ...acceptedDetails(others, rows, lang)],
    rest: restText(others, rows, lang),
  };
}

/** Unproven rows: `14, 9 of them mandatory · missing: the image itself (douane check IMAGE)`. */
function openText(rows: readonly RowVerdict[], lang: Lang): string {
  if (rows.length === 0) return "";
  const mandatory = rows.filter(({ category }) => category === "mandatory");
  const deciding = mandatory.length === 0 ? rows : mandatory;
  const count = countText(rows.length, mandatory.length, lang);
  const missing = missingText(deciding, lang);
  return missing === "" ? count : `${count} · ${labelled(WORDS.missing[lang], missing, lang)}`;
}

function countText(all: number, mandatory: number, lang: Lang): string {
  const noun = { fr: "exigence", en: "requirement" }[lang];
  const count = `${all} ${noun}${all > 1 ? "s" : ""}`;
  if (mandatory === 0) return count;
  return {
    fr: `${count}, dont ${mandatory} forte${mandatory > 1 ? "s" : ""}`,
    en: `${count}, ${mandatory} of them mandatory`,
  }[lang];
}

function doubtDetails(unproven: readonly RowVerdict[], lang: Lang): readonly Detail[] {
  const doubts = new Map<string, Detail>();
  for (const row of unproven) {
    if (row.missing.length > 0) continue;
    for (const doubt of doubtsOf(row, [], lang)) {
      if (doubt.kind === "doubt") doubts.set(doubt.text, doubt);
    }
  }
  return [...[...doubts.values()].slice(0, DOUBTS), ...more(doubts.size - DOUBTS, lang)];
}

function acceptedDetails(
  others: readonly RowVerdict[],
  rows: readonly RowVerdict[],
  lang: Lang,
): readonly Detail[] {
  return others
    .filter(({ notes }) => notes.some(({ accepted }) => accepted !== undefined))
    .flatMap((row) => noteDetails(row, earlierRows(row, rows), lang, 0))
    .filter(({ kind }) => kind === "accepted");
}

function restText(others: readonly RowVerdict[], rows: readonly RowVerdict[], lang: Lang): string {
  const settled = others.filter(({ answer }) => answer === "yes" || answer === "n/a");
  const notes = noteCount(others, rows);
  const parts = [countsText(settled, lang), notes === 0 ? "" : `${notes} note${notes > 1 ? "s" : ""}`];
  return parts.filter((part) => part !== "").join(", ");
}

/** Number of notes that noteDetails() would show, without notes shown by an earlier row. */
function noteCount(others: readonly RowVerdict[], rows: readonly RowVerdict[]): number {
  const known = new Set<string>();
  let count = 0;
  for (const row of rows) {
    if (row.notes.length === 0) continue;
    const told = row.notes.filter((note) => note.accepted === undefined && !known.has(identity(note)));
    if (others.includes(row)) count += told.length < 2 ? told.length : mergeContainers(told).length;
    for (const note of row.notes) known.add(identity(note));
  }
  return count;
}
