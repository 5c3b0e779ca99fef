import { isInImage } from "../contract/finding.ts";
import { declaringFile } from "../contract/object-location.ts";
import { type RowId, rowById } from "../contract/rows.ts";
import type { Lang } from "../contract/text.ts";
import type { JudgedFinding, Note, RowVerdict, Subject, Verdict } from "../contract/verdict.ts";
import { type DedupedFinding, dedupeFindings } from "./dedupe-findings.ts";
import { sentence } from "./detail.ts";
import { details } from "./details.ts";
import { messageText, visible } from "./escape.ts";
import { locationsText } from "./locations.ts";
import { sarifLocation } from "./sarif-location.ts";
import type { SharedFinding } from "./shared-findings.ts";
import { fullName, toldRows } from "./subject.ts";
import { labelled, WORDS } from "./words.ts";

/** A result with its finding or note; an unproven row has neither. */
export interface SarifResult {
  readonly item?: JudgedFinding | Note;
  readonly result: Readonly<Record<string, unknown>> & { readonly ruleId: string };
}

/**
 * Results of one application. Findings have kind `fail`, as errors if they refuse, otherwise as warnings;
 * notes have kind `fail` at level `note`, since viewers show no other kind. Unproven rows have kind `open`
 * (§3.27.9: "insufficient information to decide"), grouped by missing evidence, so that a file without
 * findings does not look like a proof.
 */
export function sarifResults(verdict: Verdict, lang: Lang): readonly SarifResult[] {
  const { subject, rows } = verdict;
  const findings = dedupeFindings(rows, (row) => row.findings);
  const notes = dedupeFindings(rows, (row) => row.notes);
  const open = toldRows(verdict).told.filter(({ answer }) => answer === "unproven");
  const causes = Map.groupBy(open, (row) => lacking(row, lang).join("\n"));
  return [
    ...findings.map((told) => findingResult(told, subject, lang)),
    ...notes.map((told) => noteResult(told, subject, lang)),
    ...[...causes.values()].map((same) => ({ result: openResult(same, subject, lang) })),
  ];
}

/** Result for a finding in an image, related to the other applications that use the image. */
export function sharedResult({ told, subject, others, more }: SharedFinding<SarifResult>): SarifResult {
  if (more === 0) return told;
  const relatedLocations = others.map((other, index) => ({
    id: index + 1,
    message: { text: messageText(fullName(other)) },
    ...sarifLocation({}, other),
  }));
  const subjects = [subject, ...others].map((one) => visible(fullName(one)));
  const properties = { ...(told.result["properties"] as object), subjects, applications: more + 1 };
  return { ...told, result: { ...told.result, relatedLocations, properties } };
}

function findingResult(
  { item, category, rows }: DedupedFinding<JudgedFinding>,
  subject: Subject,
  lang: Lang,
): SarifResult {
  const lines = [
    item.message[lang],
    ...inside(item, lang),
    ...(item.presumed ? [WORDS.presumed[lang]] : []),
    labelled(WORDS.remedy[lang], item.remedy[lang], lang),
  ];
  const result = {
    ruleId: item.rule,
    kind: "fail",
    level: category === "mandatory" ? "error" : "warning",
    message: { text: lines.map(messageText).join("\n") },
    ...standing(item, rows, subject),
  };
  return { item, result };
}

function noteResult({ item, rows }: DedupedFinding<Note>, subject: Subject, lang: Lang): SarifResult {
  const { accepted } = item;
  const suppressions = accepted && [
    {
      kind: "external",
      status: "accepted",
      justification: messageText(
        `${accepted.reason} (${accepted.author}, ${WORDS.until[lang]} ${accepted.expires})`,
      ),
    },
  ];
  const result = {
    ruleId: item.rule,
    kind: "fail",
    level: "note",
    message: { text: [item.message[lang], ...inside(item, lang)].map(messageText).join("\n") },
    ...standing(item, rows, subject),
    suppressions,
  };
  return { item, result };
}

/** Details that a line of a file cannot show: the path inside the image, the container. */
function inside({ at, container }: JudgedFinding | Note, lang: Lang): readonly string[] {
  const place = at === undefined || !isInImage(at) ? {} : { at };
  const text = locationsText([{ ...place, ...(container === undefined ? {} : { container }) }], lang);
  return text.length === 0 ? [] : [text.join(" · ")];
}

function standing(item: JudgedFinding | Note, rows: readonly RowId[], subject: Subject) {
  const { fingerprint, container, presumed } = item;
  return {
    locations: [sarifLocation(item, subject)],
    partialFingerprints: fingerprints(fingerprint, subject, container),
    properties: {
      subject: visible(fullName(subject)),
      rows,
      container: container === undefined ? undefined : visible(container),
      presumed,
    },
  };
}

/**
 * Fingerprints of a result: the finding's own, by which a policy accepts it, and a fingerprint that includes the place,
 * since two applications with the same image have the same finding but separate results. Neither contains a line or an
 * index.
 */
function fingerprints(finding: string, subject: Subject, container?: string) {
  const parts = [subject.workload && declaringFile(subject.workload.at), fullName(subject), container].filter(
    (part) => part !== undefined,
  );
  return { "douane/v1": finding, "douane/subject/v1": parts.map(visible).join(":") };
}

function openResult(same: readonly RowVerdict[], subject: Subject, lang: Lang) {
  const [first] = same as readonly [RowVerdict, ...RowVerdict[]];
  const titles = same.map(({ id }) => rowById(id).title[lang]);
  return {
    ruleId: first.id,
    kind: "open",
    level: "none",
    message: { text: [...titles, ...lacking(first, lang)].map(messageText).join("\n") },
    locations: [sarifLocation({}, subject)],
    partialFingerprints: fingerprints(first.id, subject),
    properties: { subject: visible(fullName(subject)), rows: same.map(({ id }) => id) },
  };
}

/** Reasons for an unproven row. */
function lacking(row: RowVerdict, lang: Lang): readonly string[] {
  return details(row, [], lang, 0)
    .filter(({ kind }) => kind === "because" || kind === "doubt" || kind === "missing")
    .map((detail) => sentence(detail, lang));
}
