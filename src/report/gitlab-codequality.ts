import { createHash } from "node:crypto";
import { binds, type EnforcedRows } from "../contract/admission.ts";
import { stops } from "../contract/fail-on.ts";
import { type Category, type RowId, rowById } from "../contract/rows.ts";
import { problemPlace, problemTitle, type SourceProblem } from "../contract/source-problem.ts";
import type { Lang } from "../contract/text.ts";
import type { JudgedFinding, RowVerdict, Subject, Verdict } from "../contract/verdict.ts";
import { type DedupedFinding, dedupeFindings } from "./dedupe-findings.ts";
import { sentence } from "./detail.ts";
import { details } from "./details.ts";
import { visible } from "./escape.ts";
import { JsonItems } from "./json-pieces.ts";
import { placeText } from "./place.ts";
import type { Report, ReportOptions } from "./report.ts";
import { type SharedFinding, SharedFindings } from "./shared-findings.ts";
import { fullName, toldRows } from "./subject.ts";
import { ANSWER_WORDS, labelled, WORDS } from "./words.ts";

/**
 * GitLab's code quality report (https://docs.gitlab.com/ci/testing/code_quality/). Severities: `blocker` for
 * findings that stop the pipeline, `minor` for future rows, `info` for recommended rows. A merge request
 * shows differences from its target branch by fingerprint, so fingerprints contain no line numbers. Accepted
 * findings and notes are not issues.
 */
export const gitlabCodequality: Report = (options) => {
  const { lang } = options;
  const items = new JsonItems(1);
  const known = new Map<string, number>();
  const shared = new SharedFindings<Issue>();
  const written = (issue: Issue): string => items.item(issueJson(issue, known));
  return {
    head: "[",
    verdict: (verdict) =>
      issuesOf(verdict, options)
        .filter(({ item, issue }) => item === undefined || !shared.take(item, verdict.subject, issue))
        .map(({ issue }) => written(issue))
        .join(""),
    *end({ errors, skipped }) {
      for (const one of shared) yield written(withOthers(one, lang));
      for (const problem of errors) yield written(sourceIssue(problem, WORDS.notRead[lang], lang));
      for (const problem of skipped) yield written(sourceIssue(problem, WORDS.skipped[lang], lang));
      yield `${items.end()}\n`;
    },
  };
};

type Severity = "info" | "minor" | "blocker";

interface Issue {
  readonly description: string;
  readonly check: string;
  /** Parts of the fingerprint, which stay the same in the next run. */
  readonly identity: readonly (string | undefined)[];
  readonly severity: Severity;
  readonly path: string;
  readonly line?: number | undefined;
}

interface Told {
  /** Finding of the issue; absent for an unproven row. */
  readonly item?: JudgedFinding;
  readonly issue: Issue;
}

function issuesOf(verdict: Verdict, { lang, failOn = "unproven", enforceFuture = false }: ReportOptions) {
  const { subject, rows } = verdict;
  const { told, rest } = toldRows(verdict);
  const open = [...told, ...rest].filter(
    (row) => row.answer === "unproven" && binds(row, enforceFuture) && stops("unproven", failOn),
  );
  const causes = Map.groupBy(open, (row) => lacking(row, lang));
  return [
    ...dedupeFindings(rows, (row) => row.findings).map((one) =>
      findingIssue(one, subject, enforceFuture, lang),
    ),
    ...[...causes].map(([lacks, same]): Told => ({ issue: openIssue(same, lacks, subject, lang) })),
  ];
}

function findingIssue(
  { item, category, rows }: DedupedFinding<JudgedFinding>,
  subject: Subject,
  enforceFuture: EnforcedRows,
  lang: Lang,
): Told {
  const { at = {}, container, fingerprint, message, remedy, rule } = item;
  const inside = at.file === undefined ? placeText(at, lang) : "";
  const where = inside === "" ? "" : ` (${inside})`;
  const what = `${labelled(named(subject, container), message[lang], lang)}${where} → ${remedy[lang]}`;
  const { path, line } = at.file === undefined ? placeOf(subject) : { path: at.file, line: at.line };
  const identity = [fingerprint, path, fullName(subject), container];
  return {
    item,
    issue: {
      description: what,
      check: rule,
      identity,
      severity: severityOf(category, rows, enforceFuture),
      path,
      line,
    },
  };
}

function openIssue(same: readonly RowVerdict[], lacks: string, subject: Subject, lang: Lang): Issue {
  const [first] = same as readonly [RowVerdict, ...RowVerdict[]];
  const titles = same.map(({ id }) => rowById(id).title[lang]);
  const what = `${ANSWER_WORDS.unproven[lang]} (${titles.join(" · ")})`;
  return {
    description: `${labelled(fullName(subject), what, lang)} → ${lacks}`,
    check: first.id,
    identity: [first.id, placeOf(subject).path, fullName(subject)],
    severity: "blocker",
    ...placeOf(subject),
  };
}

/** Reasons for an unproven row. */
function lacking(row: RowVerdict, lang: Lang): string {
  return details(row, [], lang, 0)
    .filter(({ kind }) => kind === "because" || kind === "doubt" || kind === "missing")
    .map((detail) => sentence(detail, lang))
    .join(" ; ");
}

function withOthers({ told, more }: SharedFinding<Issue>, lang: Lang): Issue {
  if (more === 0) return told;
  const others = {
    fr: `aussi dans ${more} ${more > 1 ? "autres applications" : "autre application"} de cette image`,
    en: `also in ${more} other ${more > 1 ? "applications" : "application"} of this image`,
  };
  return { ...told, description: `${told.description} (${others[lang]})` };
}

/** Issue for an unreadable source, which stops the pipeline whatever --fail-on is. */
function sourceIssue({ about, message }: SourceProblem, title: string, lang: Lang): Issue {
  const { file, line } = problemPlace(about) ?? {};
  const name = problemTitle(about);
  return {
    description: labelled(title, labelled(name, message[lang], lang), lang),
    check: "source",
    identity: ["source", name, message.en],
    severity: "blocker",
    path: file ?? name,
    line,
  };
}

/**
 * Severity of a finding in GitLab's terms.
 *
 * @param rows all rows that the finding concerns
 * @param category strictest category of the rows
 */
function severityOf(category: Category, rows: readonly RowId[], enforceFuture: EnforcedRows): Severity {
  if (rows.some((id) => binds({ id, category }, enforceFuture))) return "blocker";
  return category === "future" ? "minor" : "info";
}

function named(subject: Subject, container: string | undefined): string {
  return container === undefined ? fullName(subject) : `${fullName(subject)} [${container}]`;
}

/**
 * Place of a subject. GitLab requires a file; for an image without a manifest, the image's reference is used.
 */
function placeOf({ workload, images, name }: Subject): { readonly path: string; readonly line?: number } {
  return workload?.at.in === "file"
    ? { path: workload.at.file, line: workload.at.line }
    : { path: images[0]?.reference ?? name };
}

/**
 * @param known number of occurrences by fingerprint, since GitLab distinguishes issues only by fingerprint
 */
function issueJson(
  { description, check, identity, severity, path, line }: Issue,
  known: Map<string, number>,
) {
  const name = JSON.stringify(identity);
  const before = known.get(name) ?? 0;
  known.set(name, before + 1);
  const text = before === 0 ? name : `${name} ${before}`;
  return {
    description: visible(description),
    check_name: `douane/${check}`,
    fingerprint: createHash("sha256").update(text).digest("hex").slice(0, 40),
    severity,
    location: { path: visible(path.replace(/^\.\//, "")), lines: { begin: line ?? 1 } },
  };
}
