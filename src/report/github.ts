import type { Place } from "../contract/finding.ts";
import { CATEGORIES, rowById } from "../contract/rows.ts";
import { problemPlace, problemTitle, type SourceProblem } from "../contract/source-problem.ts";
import type { Lang } from "../contract/text.ts";
import type { JudgedFinding, Note, Subject, Verdict } from "../contract/verdict.ts";
import { findingCount, noTotals, type Totals, totalText } from "./counts.ts";
import { type DedupedFinding, dedupeFindings } from "./dedupe-findings.ts";
import { visible } from "./escape.ts";
import { FairTopN } from "./fair-top-n.ts";
import { placeText } from "./place.ts";
import type { Report } from "./report.ts";
import { fullName } from "./subject.ts";
import { labelled, WORDS } from "./words.ts";

/** Maximum number of annotations per level: GitHub shows ten for a step, and silently drops the others. */
const SHOWN = 10;

interface Annotation {
  readonly title: string;
  readonly lines: readonly string[];
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/**
 * Annotations of a GitHub Actions run, as workflow commands in its log:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands. Errors: unreadable
 * sources, and findings that refuse. Warnings: presumed findings, and findings of future or recommended rows.
 * Notices: skipped sources, findings accepted as false, and finally the total.
 */
export const github: Report = ({ lang }) => {
  const totals = noTotals();
  const refusals = new FairTopN<Found>(SHOWN);
  const warnings = {
    mandatory: new FairTopN<Found>(SHOWN),
    future: new FairTopN<Found>(SHOWN),
    recommended: new FairTopN<Found>(SHOWN),
  };
  const accepted: Annotation[] = [];
  let findings = 0;
  let acceptances = 0;
  return {
    head: "",
    verdict(verdict) {
      totals[verdict.admitted] += 1;
      for (const [rank, found] of findingsOf(verdict).entries()) {
        findings += 1;
        (isRefusal(found) ? refusals : warnings[found.told.category]).add(found, rank);
      }
      const own = acceptancesOf(verdict, lang);
      acceptances += own.length;
      accepted.push(...own.slice(0, SHOWN - accepted.length));
      return "";
    },
    end({ errors, skipped }) {
      const errorsSaid = [
        ...errors.map((problem) => source(problem, WORDS.notRead[lang], lang)),
        ...refusals.first.map((one) => finding(one, lang)),
      ].slice(0, SHOWN);
      const warningsSaid = CATEGORIES.flatMap((category) => warnings[category].first)
        .slice(0, SHOWN)
        .map((one) => finding(one, lang));
      const notices = [...skipped.map((file) => source(file, WORDS.skipped[lang], lang)), ...accepted].slice(
        0,
        SHOWN - 1,
      );
      const told = errorsSaid.length + warningsSaid.length + notices.length;
      const all = errors.length + findings + skipped.length + acceptances;
      return [
        ...errorsSaid.map((one) => command("error", one)),
        ...warningsSaid.map((one) => command("warning", one)),
        ...notices.map((one) => command("notice", one)),
        command("notice", { title: "douane", lines: [sum(totals, findings, all - told, lang)] }),
      ];
    },
  };
};

interface Found {
  readonly subject: Subject;
  readonly told: DedupedFinding<JudgedFinding>;
}

function findingsOf({ subject, rows }: Verdict): readonly Found[] {
  return dedupeFindings(rows, (row) => row.findings).map((told) => ({ subject, told }));
}

function isRefusal({ told }: Found): boolean {
  return told.category === "mandatory" && !told.item.presumed;
}

function finding({ subject, told }: Found, lang: Lang): Annotation {
  const { item, rows } = told;
  return {
    ...standing(item, subject, rows[0], lang),
    lines: [
      said(item, subject, lang),
      ...(item.presumed ? [WORDS.presumed[lang]] : []),
      `→ ${item.remedy[lang]}`,
    ],
  };
}

function acceptancesOf({ subject, rows: all }: Verdict, lang: Lang): readonly Annotation[] {
  return dedupeFindings(all, (row) => row.notes).flatMap(({ item, rows }) => {
    if (item.accepted === undefined) return [];
    const { reason, author, expires } = item.accepted;
    const accepted = labelled(WORDS.accepted[lang], reason, lang);
    return {
      ...standing(item, subject, rows[0], lang),
      lines: [said(item, subject, lang), `${accepted} (${author}, ${WORDS.until[lang]} ${expires})`],
    };
  });
}

function standing(
  { at = {} }: JudgedFinding | Note,
  { workload }: Subject,
  row: DedupedFinding<Note>["rows"][0],
  lang: Lang,
) {
  const { file, line, column } = at.file === undefined ? declared(workload) : at;
  const { title, clauses } = rowById(row);
  return { title: `${title[lang]} (${clauses.join(", ")})`, file, line, column };
}

function declared(workload: Subject["workload"]): Place {
  return workload?.at.in === "file" ? { file: workload.at.file, line: workload.at.line } : {};
}

/** Text of an annotation: application, container, message, and place in the image. */
function said({ message, container, at }: JudgedFinding | Note, subject: Subject, lang: Lang): string {
  const name = container === undefined ? fullName(subject) : `${fullName(subject)} [${container}]`;
  const place = at === undefined || at.file !== undefined ? "" : ` (${placeText(at, lang)})`;
  return `${labelled(name, message[lang], lang)}${place}`;
}

function source({ about, message }: SourceProblem, title: string, lang: Lang): Annotation {
  return { title, ...problemPlace(about), lines: [labelled(problemTitle(about), message[lang], lang)] };
}

function sum(totals: Totals, findings: number, left: number, lang: Lang): string {
  const parts = [totalText(totals, lang)];
  if (findings > 0) parts.push(findingCount(findings, lang));
  if (left > 0) parts.push(notShown(left, lang));
  return parts.join(" · ");
}

function notShown(count: number, lang: Lang): string {
  return {
    fr: `annotations non montrées : ${count} ; « --format checklist » donne tout`,
    en: `annotations not shown: ${count}; \`--format checklist\` gives everything`,
  }[lang];
}

function command(level: "error" | "warning" | "notice", annotation: Annotation): string {
  const { title, lines, file, line, column } = annotation;
  // Standard input is not a file of the repository.
  const place = file === undefined || file === "-" ? {} : { file, line, col: column };
  const properties = Object.entries({ ...place, title })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${property(String(value))}`);
  return `::${level} ${properties.join(",")}::${lines.map(data).join("%0A")}\n`;
}

function data(text: string): string {
  return visible(text).replaceAll("%", "%25");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
