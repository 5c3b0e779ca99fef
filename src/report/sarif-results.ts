import { type Category, type RowId, rowById } from "../contract/rows.ts";
import type { Lang } from "../contract/text.ts";
import type { JudgedFinding, Note, RowVerdict, Subject, Verdict } from "../contract/verdict.ts";
import { sentence } from "./detail.ts";
import { details } from "./details.ts";
import { visible } from "./escape.ts";
import { sarifLocation } from "./sarif-location.ts";
import { labelled, WORDS } from "./words.ts";

/** A finding that bears on several rows is one result. */
interface Told<T> {
  readonly item: T;
  /** Of the first row, which is the strictest: the table begins with what is mandatory. */
  readonly category: Category;
  readonly rows: RowId[];
}

/**
 * The results of one application. Findings are `fail`: errors where they refuse, else warnings; notes
 * are `fail` at level `note`, the only shape that viewers show. An unproven row is `open` (§3.27.9:
 * "insufficient information to decide"), so that a file without findings cannot pass for a proof.
 */
export function sarifResults({ subject, rows }: Verdict, lang: Lang) {
  const findings = tell(rows, (row) => row.findings);
  const notes = tell(rows, (row) => row.notes);
  return [
    ...findings.map((told) => findingResult(told, subject, lang)),
    ...notes.map((told) => noteResult(told, subject, lang)),
    ...rows.filter(({ answer }) => answer === "unproven").map((row) => openResult(row, subject, lang)),
  ];
}

function tell<T extends JudgedFinding | Note>(
  rows: readonly RowVerdict[],
  pick: (row: RowVerdict) => readonly T[],
): readonly Told<T>[] {
  const told = new Map<string, Told<T>>();
  for (const row of rows) {
    for (const item of pick(row)) {
      const key = JSON.stringify([item.container, item.fingerprint]);
      const entry = told.get(key) ?? { item, category: row.category, rows: [] };
      entry.rows.push(row.id);
      told.set(key, entry);
    }
  }
  return [...told.values()];
}

function findingResult({ item, category, rows }: Told<JudgedFinding>, subject: Subject, lang: Lang) {
  const lines = [
    item.message[lang],
    ...(item.presumed ? [WORDS.presumed[lang]] : []),
    labelled(WORDS.remedy[lang], item.remedy[lang], lang),
  ];
  return {
    ruleId: item.rule,
    kind: "fail",
    level: category === "mandatory" ? "error" : "warning",
    message: { text: lines.map(visible).join("\n") },
    ...standing(item, rows, subject),
  };
}

function noteResult({ item, rows }: Told<Note>, subject: Subject, lang: Lang) {
  const { accepted } = item;
  const suppressions = accepted && [
    {
      kind: "external",
      status: "accepted",
      justification: visible(
        `${accepted.reason} (${accepted.author}, ${WORDS.until[lang]} ${accepted.expires})`,
      ),
    },
  ];
  return {
    ruleId: item.rule,
    kind: "fail",
    level: "note",
    message: { text: visible(item.message[lang]) },
    ...standing(item, rows, subject),
    suppressions,
  };
}

function standing(item: JudgedFinding | Note, rows: readonly RowId[], subject: Subject) {
  const { fingerprint, container, presumed } = item;
  return {
    locations: [sarifLocation(item, subject)],
    partialFingerprints: { "douane/v1": fingerprint },
    properties: {
      subject: visible(subject.name),
      rows,
      container: container === undefined ? undefined : visible(container),
      presumed,
    },
  };
}

function openResult(row: RowVerdict, subject: Subject, lang: Lang) {
  const lacking = details(row, [], lang, 0)
    .filter(({ kind }) => kind === "because" || kind === "doubt" || kind === "missing")
    .map((detail) => sentence(detail, lang));
  return {
    ruleId: row.id,
    kind: "open",
    level: "none",
    message: { text: [rowById(row.id).title[lang], ...lacking].map(visible).join("\n") },
    locations: [sarifLocation({}, subject)],
    partialFingerprints: { "douane/v1": row.id },
    properties: { subject: visible(subject.name), rows: [row.id] },
  };
}
